package dev.muster.apiserver.read;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.select.FieldSelector;
import dev.muster.api.select.LabelSelector;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.http.serve.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a list, a watch or a deletion of a collection is narrowed to (Kubernetes' ListOptions).
 *
 * @param resourceVersion as sent; empty = the newest there is
 * @param match how the version is meant: Exact, NotOlderThan, or empty
 * @param limit at most this many; 0 = all
 * @param continueToken as sent
 */
public record ListOptions(
        LabelSelector labels,
        FieldSelector fields,
        String resourceVersion,
        String match,
        long limit,
        String continueToken,
        WatchOptions watch) {

    /**
     * What only watches have.
     *
     * @param timeoutSeconds empty or 0 = the server chooses
     */
    public record WatchOptions(boolean bookmarks, OptionalLong timeoutSeconds, Optional<Boolean> sendInitialEvents) {}

    private static final Gvk KIND = new Gvk("meta.k8s.io", "v1", "ListOptions");

    /**
     * Reads the query; a name in the URL counts as a field selector.
     *
     * @throws StatusException 400 for what cannot be read, 422 for what does not go together
     */
    public static ListOptions parse(ApiCall call, ResourceType type, boolean watch) {
        Query query = call.exchange().query();
        long limit = Parameters.number(query, "limit").orElse(0);
        var options = new ListOptions(
                labels(query),
                fields(query, type, urlName(call)),
                query.text("resourceVersion"),
                query.text("resourceVersionMatch"),
                Math.max(0, limit),
                query.text("continue"),
                new WatchOptions(
                        Parameters.flag(query, "allowWatchBookmarks"),
                        Parameters.number(query, "timeoutSeconds"),
                        Parameters.optionalFlag(query, "sendInitialEvents")));
        List<Status.Cause> causes = ListRules.check(options, watch);
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(KIND, "", causes));
        }
        return options;
    }

    public boolean matches(ApiObject object) {
        return (labels.requirements().isEmpty() || labels.matches(object.labels()))
                && (fields.requirements().isEmpty() || fields.matches(object));
    }

    /** Whether everything matches. */
    public boolean isWide() {
        return labels.requirements().isEmpty() && fields.requirements().isEmpty();
    }

    /** The object that the path names: only single objects are watched so. */
    private static String urlName(ApiCall call) {
        var parts = call.info().parts();
        return parts.size() > 1 ? parts.get(1) : "";
    }

    private static LabelSelector labels(Query query) {
        String text = query.text("labelSelector");
        try {
            return text.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StatusException(Statuses.badRequest(e.getMessage()));
        }
    }

    private static FieldSelector fields(Query query, ResourceType type, String urlName) {
        FieldSelector selector = fields(query.text("fieldSelector"), type);
        if (urlName.isEmpty()) {
            return selector;
        }
        if (selector.requirements().isEmpty()) {
            return new FieldSelector(List.of(new FieldSelector.Requirement("metadata.name", true, urlName)));
        }
        if (!selector.exact("metadata.name").equals(Optional.of(urlName))) {
            throw new StatusException(Statuses.badRequest("fieldSelector metadata.name doesn't match requested name"));
        }
        return selector;
    }

    private static FieldSelector fields(String text, ResourceType type) {
        if (text.isEmpty()) {
            return FieldSelector.EVERYTHING;
        }
        try {
            var selector = FieldSelector.parse(text);
            var unsupported = selector.unsupported(type);
            if (unsupported.isEmpty()) {
                return selector;
            }
            String field = unsupported.getFirst();
            throw new StatusException(Statuses.badRequest(
                    type.selectableFields().isEmpty()
                            ? GoText.quote(field)
                                    + " is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                            : "field label not supported: " + field));
        } catch (IllegalArgumentException e) {
            throw new StatusException(Statuses.badRequest(e.getMessage()));
        }
    }
}

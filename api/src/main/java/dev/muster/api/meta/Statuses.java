package dev.muster.api.meta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.meta.Status.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answers to what went wrong with an object, with Kubernetes' codes, reasons and sentences; what went wrong with a
 * request as such is in {@link RequestStatuses}, refusals by policy in {@link ForbiddenStatuses}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
public final class Statuses {

    /** Why an update that is based on an older version is refused. */
    public static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    static final int CAUSES_MAX = 200;

    private Statuses() {}

    /** 404 for an object. */
    public static Status notFound(ResourceType type, String name) {
        return notFound(type.gvk().group(), type.plural(), name);
    }

    /** 404 for an object. */
    public static Status notFound(String group, String resource, String name) {
        return of(404, "NotFound", named(group, resource, name) + " not found", group, resource, name);
    }

    /** 404 for a path that no resource is served at. */
    public static Status noSuchResource() {
        return new Status(
                404, "NotFound", "the server could not find the requested resource", Optional.of(details("", "", "")));
    }

    /** 404 for a resource that is not served, with what there is to say of it. */
    public static Status noSuchResource(Status.Cause cause) {
        var details = new Status.Details("", "", "", List.of(cause), 0);
        return new Status(404, "NotFound", noSuchResource().message() + ": " + cause.message(), Optional.of(details));
    }

    /** 409. */
    public static Status alreadyExists(ResourceType type, String name) {
        return of(409, "AlreadyExists", named(type, name) + " already exists", type, name);
    }

    /** 409 when names made from generateName keep being taken. */
    public static Status generateNameConflict(ResourceType type, String name) {
        return new Status(
                409,
                "AlreadyExists",
                named(type, name) + " already exists, the server was not able to generate a unique name for the object",
                Optional.of(new Details(name, type.gvk().group(), type.plural(), List.of(), 1)));
    }

    /** 409: somebody else was quicker, or a precondition does not hold. */
    public static Status conflict(ResourceType type, String name, String why) {
        return of(409, "Conflict", "Operation cannot be fulfilled on " + named(type, name) + ": " + why, type, name);
    }

    /** 409 for an update based on an older version. */
    public static Status modified(ResourceType type, String name) {
        return conflict(type, name, MODIFIED);
    }

    /** 409 for a UID that is not the one asked for. */
    public static Status uidConflict(ResourceType type, String name, String asked, String actual) {
        return conflict(
                type, name, "Precondition failed: UID in precondition: " + asked + ", UID in object meta: " + actual);
    }

    /** 409 for a resourceVersion that is not the one asked for. */
    public static Status versionConflict(ResourceType type, String name, String asked, String actual) {
        return conflict(
                type,
                name,
                "Precondition failed: ResourceVersion in precondition: " + asked + ", ResourceVersion in object meta: "
                        + actual);
    }

    /**
     * 422 for an object that breaks rules; names the kind, not the resource. Of very many causes the first are given: a body
     * of three megabytes can be wrong in a hundred thousand places.
     */
    public static Status invalid(Gvk gvk, String name, List<Cause> all) {
        var causes = all.size() <= CAUSES_MAX ? all : shortened(all);
        String kind = gvk.group().isEmpty() ? gvk.kind() : gvk.kind() + "." + gvk.group();
        return new Status(
                422,
                "Invalid",
                kind + " " + GoText.quote(name) + " is invalid"
                        + (causes.isEmpty() ? "" : ": " + FieldErrors.join(causes)),
                Optional.of(new Details(name, gvk.group(), gvk.kind(), causes, 0)));
    }

    /** 422 for a patch that is well formed and cannot be applied; Kubernetes gives no cause, which leaves people guessing. */
    public static Status unappliable(String why) {
        return new Status(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                Optional.of(new Details("", "", "", List.of(new Cause("FieldValueInvalid", why, "patch")), 0)));
    }

    /** 410: the version asked for is no longer kept. */
    public static Status expired(String message) {
        return new Status(410, "Expired", message, Optional.empty());
    }

    /** 410 for a watch that would begin before the oldest event kept. */
    public static Status tooOldResourceVersion(long asked, long oldest) {
        return expired("too old resource version: " + asked + " (" + oldest + ")");
    }

    /** 410 for a list at a version that is no longer kept. */
    public static Status listExpired() {
        return expired("The resourceVersion for the provided list is too old.");
    }

    /**
     * 410 for a continue token whose version is no longer kept.
     *
     * @param freshToken goes on from the same key at the present version; empty when none can be given
     */
    public static Status continueExpired(String freshToken) {
        String first = "The provided continue parameter is too old to display a consistent list result. You can start a"
                + " new list without the continue parameter";
        if (freshToken.isEmpty()) {
            return expired(first + ".");
        }
        String more =
                ", or use the continue token in this response to retrieve the remainder of the results. Continuing"
                        + " with the provided token results in an inconsistent list - objects that were created, modified, or"
                        + " deleted between the time the first chunk was returned and now may show up in the list.";
        return new Status(410, "Expired", first + more, Optional.empty(), freshToken);
    }

    /** 504: the version asked for has not been reached yet; clients know this cause and ask again. */
    public static Status tooLargeResourceVersion(long asked, long current, int retryAfterSeconds) {
        var cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
        return new Status(
                504,
                "Timeout",
                "Timeout: Too large resource version: " + asked + ", current: " + current,
                Optional.of(new Details("", "", "", List.of(cause), retryAfterSeconds)));
    }

    /** The success that answers a deletion that left nothing to show. */
    public static ObjectNode deleted(ResourceType type, String name, String uid) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "Status").put("apiVersion", "v1");
        tree.putObject("metadata");
        tree.put("status", "Success");
        var details = tree.putObject("details").put("name", name);
        if (!type.gvk().group().isEmpty()) {
            details.put("group", type.gvk().group());
        }
        details.put("kind", type.plural());
        if (!uid.isEmpty()) {
            details.put("uid", uid);
        }
        return tree;
    }

    /** 400; see {@link RequestStatuses#badRequest}. */
    public static Status badRequest(String message) {
        return RequestStatuses.badRequest(message);
    }

    static String qualified(String group, String resource) {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    static String named(String group, String resource, String name) {
        return qualified(group, resource) + " " + GoText.quote(name);
    }

    static Details details(String group, String resource, String name) {
        return new Details(name, group, resource, List.of(), 0);
    }

    static Status of(int code, String reason, String message, String group, String resource, String name) {
        return new Status(code, reason, message, Optional.of(details(group, resource, name)));
    }

    private static List<Cause> shortened(List<Cause> causes) {
        var first = new ArrayList<>(causes.subList(0, CAUSES_MAX));
        first.add(new Cause("", "and " + (causes.size() - CAUSES_MAX) + " more", ""));
        return first;
    }

    private static String named(ResourceType type, String name) {
        return named(type.gvk().group(), type.plural(), name);
    }

    private static Status of(int code, String reason, String message, ResourceType type, String name) {
        return of(code, reason, message, type.gvk().group(), type.plural(), name);
    }
}

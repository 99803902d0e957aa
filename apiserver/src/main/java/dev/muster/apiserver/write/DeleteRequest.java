package dev.muster.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.read.Parameters;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.http.serve.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of a deletion as they were sent: in the body, or without one in the query.
 *
 * @param orphanDependents the older way to say a propagation policy
 */
record DeleteRequest(DeleteOptions options, Optional<Boolean> orphanDependents) {

    private static final Gvk KIND = new Gvk("meta.k8s.io", "v1", "DeleteOptions");

    /** @throws StatusException 400 for what cannot be read, 422 for what does not go together */
    static DeleteRequest read(BodyDecoder decoder, MediaType form, byte[] body, Query query) {
        return body.length > 0 ? ofBody(decoder, form, body) : ofQuery(query);
    }

    private static DeleteRequest ofQuery(Query query) {
        return check(
                Parameters.number(query, "gracePeriodSeconds"),
                Optional.empty(),
                Optional.empty(),
                Parameters.optionalFlag(query, "orphanDependents"),
                new Words(query.text("propagationPolicy"), query.values().getOrDefault("dryRun", List.of())));
    }

    private static DeleteRequest ofBody(BodyDecoder decoder, MediaType form, byte[] body) {
        ObjectNode tree;
        try {
            tree = decoder.parse(form, body).value();
            requireKind(tree);
            var schema = decoder.kinds().bodyOf(KIND).orElseThrow();
            decoder.fields().prune(tree, schema);
        } catch (MalformedBody e) {
            throw new StatusException(Statuses.badRequest(e.getMessage()));
        }
        JsonNode preconditions = tree.path("preconditions");
        JsonNode grace = tree.path("gracePeriodSeconds");
        JsonNode orphan = tree.path("orphanDependents");
        var dryRun = new ArrayList<String>();
        tree.path("dryRun").forEach(value -> dryRun.add(value.asText()));
        return check(
                grace.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(grace.asLong()),
                text(preconditions, "uid"),
                text(preconditions, "resourceVersion"),
                orphan.isMissingNode() ? Optional.empty() : Optional.of(orphan.asBoolean()),
                new Words(tree.path("propagationPolicy").asText(""), dryRun));
    }

    private static void requireKind(ObjectNode tree) {
        String kind = tree.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals(KIND.kind())) {
            throw new StatusException(Statuses.badRequest(
                    "decoded object cannot be converted to DeleteOptions: it is a " + GoText.quote(kind)));
        }
    }

    private record Words(String propagation, List<String> dryRun) {}

    private static DeleteRequest check(
            OptionalLong grace,
            Optional<String> uid,
            Optional<String> resourceVersion,
            Optional<Boolean> orphanDependents,
            Words words) {
        var causes = new ArrayList<Status.Cause>();
        var path = FieldPath.of("propagationPolicy");
        Optional<DeleteOptions.Propagation> propagation = Optional.empty();
        if (!words.propagation().isEmpty()) {
            if (orphanDependents.isPresent()) {
                causes.add(FieldErrors.invalid(
                        path, words.propagation(), "orphanDependents and deletionPropagation cannot be both set"));
            }
            propagation = propagation(words.propagation());
            if (propagation.isEmpty()) {
                causes.add(FieldErrors.notSupported(
                        path, words.propagation(), List.of("Foreground", "Background", "Orphan", "nil")));
            }
        }
        boolean dryRun = WriteOptions.dryRun(words.dryRun(), causes);
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(KIND, "", causes));
        }
        return new DeleteRequest(new DeleteOptions(grace, uid, resourceVersion, propagation, dryRun), orphanDependents);
    }

    private static Optional<DeleteOptions.Propagation> propagation(String text) {
        for (var policy : DeleteOptions.Propagation.values()) {
            if (policy.name().equals(text)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode parent, String field) {
        var value = parent.path(field);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }
}

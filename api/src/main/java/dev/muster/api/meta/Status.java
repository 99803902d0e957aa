package dev.muster.api.meta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Kubernetes' answer to a request that failed (kind Status, apiVersion v1).
 *
 * @param code the HTTP status
 * @param reason Kubernetes' machine-readable word: NotFound, Forbidden, Invalid, ...
 * @param message for people
 * @param details which object and which fields; empty when there is nothing to add
 * @param continueToken where a list that became too old may go on; empty for all other answers
 */
public record Status(int code, String reason, String message, Optional<Details> details, String continueToken) {

    public Status(int code, String reason, String message, Optional<Details> details) {
        this(code, reason, message, details, "");
    }

    /**
     * @param name the object, or empty
     * @param group its API group, or empty
     * @param kind the resource (most errors) or the kind (Invalid), as Kubernetes does it
     * @param retryAfterSeconds 0 = not said
     */
    public record Details(String name, String group, String kind, List<Cause> causes, int retryAfterSeconds) {
        public Details {
            causes = List.copyOf(causes);
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param reason FieldValueInvalid, FieldValueRequired, FieldValueForbidden, ...
     * @param field the field's path, such as {@code rules[0].verbs}; may be empty
     */
    public record Cause(String reason, String message, String field) {}

    /** The object as it goes over the wire. */
    public ObjectNode toTree() {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "Status").put("apiVersion", "v1");
        putUnlessEmpty(tree.putObject("metadata"), "continue", continueToken);
        tree.put("status", "Failure").put("message", message).put("reason", reason);
        details.ifPresent(d -> {
            var node = tree.putObject("details");
            putUnlessEmpty(node, "name", d.name());
            putUnlessEmpty(node, "group", d.group());
            putUnlessEmpty(node, "kind", d.kind());
            if (!d.causes().isEmpty()) {
                var causes = node.putArray("causes");
                for (Cause cause : d.causes()) {
                    var one = causes.addObject();
                    putUnlessEmpty(one, "reason", cause.reason());
                    putUnlessEmpty(one, "message", cause.message());
                    putUnlessEmpty(one, "field", cause.field());
                }
            }
            if (d.retryAfterSeconds() > 0) {
                node.put("retryAfterSeconds", d.retryAfterSeconds());
            }
        });
        tree.put("code", code);
        return tree;
    }

    private static void putUnlessEmpty(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }
}

package dev.muster.apiserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.codec.Yaml;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.Gvk;
import dev.muster.http.serve.Response;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Makes of a body what an event may hold: JSON on one line, without credentials. Burns CPU: for whoever writes events. */
final class Bodies {

    private final Kinds kinds;
    private final Protobuf protobuf;

    Bodies(Kinds kinds) {
        this.kinds = kinds;
        this.protobuf = new Protobuf(kinds);
    }

    /** What was sent, before anything was done to it; empty when it cannot be read. */
    Optional<JsonNode> request(Facts facts, String contentType, byte[] body, boolean omitManagedFields) {
        if (body.length == 0) {
            return Optional.empty();
        }
        var info = facts.info();
        var expected = kinds.byResource(info.apiGroup(), info.apiVersion(), info.resource())
                .map(type -> type.gvk())
                .orElse(new Gvk("", "", ""));
        return parse(contentType, body, expected).map(tree -> {
            if (omitManagedFields) {
                withoutManagedFields(tree);
            }
            return masked(Sensitive.of(info)
                    .map(s -> s.maskRequest(tree, info.verb()))
                    .orElse(tree));
        });
    }

    /** What was answered; empty when it is no object or cannot be read. */
    Optional<JsonNode> response(Facts facts, Response answer, boolean omitManagedFields) {
        return parse(contentType(answer), answer.body(), new Gvk("", "", "")).map(tree -> {
            if (omitManagedFields) {
                withoutManagedFields(tree);
            }
            return masked(
                    Sensitive.of(facts.info()).map(s -> s.maskResponse(tree)).orElse(tree));
        });
    }

    private Optional<JsonNode> parse(String contentType, byte[] body, Gvk expected) {
        int semicolon = contentType.indexOf(';');
        String form = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        try {
            return switch (form) {
                case "",
                        "application/json",
                        "application/json-patch+json",
                        "application/merge-patch+json",
                        "application/strategic-merge-patch+json" ->
                    Optional.of(Json.parse(body).value());
                case "application/yaml", "application/apply-patch+yaml" ->
                    Optional.of(Yaml.parseObject(body).value());
                case "application/vnd.kubernetes.protobuf" ->
                    Optional.of(protobuf.parseObject(body, expected).value());
                default -> Optional.empty();
            };
        } catch (MalformedBody e) {
            return Optional.empty();
        }
    }

    private static String contentType(Response answer) {
        for (var header : answer.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                return header.getValue().getFirst();
            }
        }
        return "none/none";
    }

    /** Of an object, the items of a list, and the objects in the rows of a table. */
    private static void withoutManagedFields(JsonNode tree) {
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        tree.path("items").forEach(Bodies::withoutManagedFields);
        tree.path("rows").forEach(row -> withoutManagedFields(row.path("object")));
    }

    /** Whatever looks like a credential, in any text. In place, but for a text alone. */
    private static JsonNode masked(JsonNode node) {
        switch (node) {
            case TextNode text -> {
                String clean = Masks.text(text.asText());
                return clean.equals(text.asText()) ? text : TextNode.valueOf(clean);
            }
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, masked(list.get(i)));
                }
            }
            case ObjectNode object -> {
                Iterator<Map.Entry<String, JsonNode>> fields =
                        object.properties().iterator();
                while (fields.hasNext()) {
                    var field = fields.next();
                    field.setValue(masked(field.getValue()));
                }
            }
            default -> {}
        }
        return node;
    }

    static String text(JsonNode tree) {
        return new String(Json.write(tree), StandardCharsets.UTF_8);
    }
}

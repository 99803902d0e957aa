package dev.muster.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One OpenAPI v2 document made of all v3 documents, in the shape of gnostic's protobuf messages. It holds what kubectl before
 * 1.29 looks for: the schemas, how their lists merge, and the parameters of operations that write.
 */
final class V2Tree {

    private static final String PLACE_V3 = "#/components/schemas/";
    private static final String PLACE_V2 = "#/definitions/";

    private final TreeMap<String, JsonNode> schemas = new TreeMap<>();
    private final ArrayNode paths = JsonNodeFactory.instance.arrayNode();

    /** Takes one v3 document in. */
    void add(ObjectNode document) {
        document.get("components").get("schemas").properties().forEach(entry -> {
            var known = schemas.get(entry.getKey());
            if (known == null || known.size() < entry.getValue().size()) {
                schemas.put(entry.getKey(), entry.getValue());
            }
        });
        document.get("paths").properties().forEach(entry -> path(entry.getKey(), entry.getValue()));
    }

    ObjectNode document() {
        var document = object().put("swagger", "2.0");
        document.putObject("info").put("title", "Muster").put("version", "v1");
        document.putObject("paths").set("path", paths);
        var definitions = document.putObject("definitions").putArray("additional_properties");
        schemas.forEach((name, schema) -> definitions.add(named(name, schema(schema))));
        return document;
    }

    private void path(String name, JsonNode path) {
        var item = object();
        for (String method : List.of("post", "put", "patch")) {
            if (path.has(method)) {
                item.set(method, operation(path.get(method)));
            }
        }
        if (!item.isEmpty()) {
            paths.add(named(name, item));
        }
    }

    private static ObjectNode operation(JsonNode operation) {
        var out = object().put("operation_id", operation.get("operationId").textValue());
        var parameters = out.putArray("parameters");
        for (JsonNode parameter : operation.path("parameters")) {
            parameters
                    .addObject()
                    .putObject("parameter")
                    .putObject("non_body_parameter")
                    .putObject("query_parameter_sub_schema")
                    .put("in", "query")
                    .put("description", parameter.get("description").textValue())
                    .put("name", parameter.get("name").textValue())
                    .put("type", parameter.at("/schema/type").textValue());
        }
        extensions(out, operation);
        return out;
    }

    private static ObjectNode schema(JsonNode schema) {
        var out = object();
        var reference = schema.has("allOf") ? schema.get("allOf").get(0).get("$ref") : schema.get("$ref");
        if (reference != null) {
            out.put("_ref", PLACE_V2 + reference.textValue().substring(PLACE_V3.length()));
        } else if (schema.has("oneOf")) {
            // v2 has no choice between types; Kubernetes calls quantities and ports strings there.
            type(out, "string");
        } else {
            typed(out, schema);
        }
        for (String name : List.of("description", "format")) {
            if (schema.has(name)) {
                out.set(name, schema.get(name));
            }
        }
        extensions(out, schema);
        return out;
    }

    private static void typed(ObjectNode out, JsonNode schema) {
        if (schema.has("properties")) {
            var properties = out.putObject("properties").putArray("additional_properties");
            for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
                properties.add(named(property.getKey(), schema(property.getValue())));
            }
            if (schema.has("required")) {
                out.set("required", schema.get("required"));
            }
        } else if (schema.has("additionalProperties")) {
            type(out, "object");
            out.putObject("additional_properties").set("schema", schema(schema.get("additionalProperties")));
        } else if (schema.has("items")) {
            type(out, "array");
            out.putObject("items").putArray("schema").add(schema(schema.get("items")));
        } else if (!schema.path("type").asText("object").equals("object")) {
            type(out, schema.get("type").textValue());
        }
        // An object of which nothing is known is left without a type: whatever it holds is right.
    }

    private static void type(ObjectNode out, String type) {
        out.putObject("type").putArray("value").add(type);
    }

    /** Values are YAML; JSON is. */
    private static void extensions(ObjectNode out, JsonNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            if (entry.getKey().startsWith("x-kubernetes-")) {
                var yaml = object().put("yaml", new String(Json.write(entry.getValue()), StandardCharsets.UTF_8));
                out.withArrayProperty("vendor_extension").add(named(entry.getKey(), yaml));
            }
        }
    }

    private static ObjectNode named(String name, ObjectNode value) {
        var named = object().put("name", name);
        named.set("value", value);
        return named;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package dev.muster.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Shape;
import dev.muster.api.kinds.MessageType.Trait;
import dev.muster.api.meta.Gvk;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/** The schemas of one document: those that were asked for, and all that these lead to. */
final class Schemas {

    private static final String PLACE = "#/components/schemas/";

    private final Kinds kinds;
    private final TreeMap<String, ObjectNode> done = new TreeMap<>();
    private final ArrayDeque<MessageType> open = new ArrayDeque<>();

    Schemas(Kinds kinds) {
        this.kinds = kinds;
    }

    /** A reference to a message's schema, which will be in this document. */
    ObjectNode reference(MessageType type) {
        need(type);
        return object().put("$ref", PLACE + name(type));
    }

    /** The same for a kind, whose schema will say which it is. */
    ObjectNode reference(MessageType type, Gvk gvk) {
        var reference = reference(type);
        var said = done.get(name(type)).withArrayProperty("x-kubernetes-group-version-kind");
        var group = gvk(object(), gvk);
        for (var one : said) {
            if (one.equals(group)) {
                return reference;
            }
        }
        said.add(group);
        return reference;
    }

    static ObjectNode gvk(ObjectNode into, Gvk gvk) {
        return into.put("group", gvk.group()).put("version", gvk.version()).put("kind", gvk.kind());
    }

    /** {@code io.k8s.api.core.v1.Pod} for {@code k8s.io.api.core.v1.Pod}: Kubernetes writes its domain backwards. */
    static String name(MessageType type) {
        return type.name().startsWith("k8s.io.") ? "io.k8s." + type.name().substring("k8s.io.".length()) : type.name();
    }

    /** All of them, by name. */
    ObjectNode all() {
        while (!open.isEmpty()) {
            fill(open.remove());
        }
        var all = object();
        done.forEach(all::set);
        return all;
    }

    private void need(MessageType type) {
        if (done.putIfAbsent(name(type), object()) == null) {
            open.add(type);
        }
    }

    private void fill(MessageType type) {
        var schema = done.get(name(type));
        var about = kinds.about(type);
        if (!about.isEmpty()) {
            schema.put("description", about);
        }
        if (type.form() != Form.OBJECT) {
            form(schema, type.form());
            return;
        }
        schema.put("type", "object");
        var required = JsonNodeFactory.instance.arrayNode();
        var properties = object();
        for (Field field : type.byName().values()) {
            properties.set(field.json(), property(field));
            if (field.is(Trait.REQUIRED)) {
                required.add(field.json());
            }
        }
        if (!properties.isEmpty()) {
            schema.set("properties", properties);
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private ObjectNode property(Field field) {
        var property = object();
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        switch (field.shape()) {
            case SINGLE -> single(property, field);
            case LIST -> property.put("type", "array").set("items", single(object(), field));
            case MAP -> property.put("type", "object").set("additionalProperties", single(object(), field));
        }
        merging(property, field);
        return property;
    }

    private static void merging(ObjectNode property, Field field) {
        if (!field.listType().isEmpty()) {
            property.put("x-kubernetes-list-type", field.listType());
        }
        if (!field.mergeKeys().isEmpty()) {
            ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
            field.mergeKeys().forEach(keys::add);
        }
        if (field.is(Trait.ATOMIC)) {
            property.put("x-kubernetes-map-type", "atomic");
        }
        if (!field.patchStrategy().isEmpty()) {
            property.put("x-kubernetes-patch-strategy", field.patchStrategy());
        }
        if (!field.patchMergeKey().isEmpty()) {
            property.put("x-kubernetes-patch-merge-key", field.patchMergeKey());
        }
    }

    private ObjectNode single(ObjectNode schema, Field field) {
        return switch (field.scalar()) {
            case STRING -> schema.put("type", "string");
            case BOOL -> schema.put("type", "boolean");
            case INT32, UINT32 -> schema.put("type", "integer").put("format", "int32");
            case INT64, UINT64 -> schema.put("type", "integer").put("format", "int64");
            case DOUBLE -> schema.put("type", "number").put("format", "double");
            case FLOAT -> schema.put("type", "number").put("format", "float");
            case BYTES -> schema.put("type", "string").put("format", "byte");
            case MESSAGE -> message(schema, field);
        };
    }

    private ObjectNode message(ObjectNode schema, Field field) {
        var type = kinds.message(field.message());
        if (type.form() == Form.STRING_LIST) {
            form(schema, type.form());
        } else if (field.shape() == Shape.SINGLE) {
            // Beside a reference nothing else counts, so it is wrapped: the property has facts of its own.
            schema.putArray("allOf").add(reference(type));
        } else {
            schema.setAll(reference(type));
        }
        return schema;
    }

    private static void form(ObjectNode schema, Form form) {
        switch (form) {
            case TIME, MICRO_TIME -> schema.put("type", "string").put("format", "date-time");
            case DURATION -> schema.put("type", "string");
            case QUANTITY -> either(schema, List.of("string", "number"));
            case INT_OR_STRING -> either(schema.put("format", "int-or-string"), List.of("integer", "string"));
            case RAW -> schema.put("type", "object");
            case STRING_LIST -> schema.put("type", "array").putObject("items").put("type", "string");
            case OBJECT -> throw new IllegalArgumentException("an object has no form of its own");
        }
    }

    private static void either(ObjectNode schema, List<String> types) {
        var either = schema.putArray("oneOf");
        types.forEach(type -> either.addObject().put("type", type));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

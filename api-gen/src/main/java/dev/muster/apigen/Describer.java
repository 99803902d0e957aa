package dev.muster.apigen;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1beta1Authentication;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns descriptors into text: one line a message, one line a field. */
final class Describer {

    private static final List<FileDescriptor> FILES = List.of(
            Meta.getDescriptor(),
            Runtime.getDescriptor(),
            V1.getDescriptor(),
            V1Rbac.getDescriptor(),
            V1Authentication.getDescriptor(),
            V1beta1Authentication.getDescriptor(),
            V1Authorization.getDescriptor(),
            V1Certificates.getDescriptor(),
            V1Coordination.getDescriptor());

    /** Messages that JSON does not show as objects. */
    private static final Map<String, String> FORMS = Map.of(
            "k8s.io.apimachinery.pkg.apis.meta.v1.Time", "time",
            "k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime", "microtime",
            "k8s.io.apimachinery.pkg.apis.meta.v1.Duration", "duration",
            "k8s.io.apimachinery.pkg.api.resource.Quantity", "quantity",
            "k8s.io.apimachinery.pkg.util.intstr.IntOrString", "intorstring",
            "k8s.io.apimachinery.pkg.runtime.RawExtension", "raw",
            "k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1", "raw",
            "k8s.io.apimachinery.pkg.apis.meta.v1.Verbs", "strings");

    private final Facts facts;
    private final Map<String, Descriptor> known = new HashMap<>();
    private final TreeMap<String, String> done = new TreeMap<>();
    private final ArrayDeque<String> open = new ArrayDeque<>();

    Describer(Facts facts) {
        this.facts = facts;
        FILES.forEach(file -> file.getMessageTypes().forEach(m -> known.put(m.getFullName(), m)));
    }

    String describe(List<String> roots) {
        open.addAll(roots);
        while (!open.isEmpty()) {
            var name = open.remove();
            if (!done.containsKey(name)) {
                done.put(name, describe(find(name)));
            }
        }
        return String.join("", done.values());
    }

    /** Facts may wait for kinds that are not served yet, but not speak of what does not exist. */
    void refuseUnknown(Set<String> unused) {
        for (String key : unused) {
            var words = key.split(" ", -1);
            var message = find(words[0]);
            if (words.length > 1 && message.findFieldByName(words[1]) == null) {
                throw new IllegalStateException("a fact about no field: " + key);
            }
        }
    }

    private Descriptor find(String name) {
        var found = known.get(name);
        if (found == null) {
            throw new IllegalStateException("no descriptor for " + name);
        }
        return found;
    }

    private String describe(Descriptor message) {
        var name = message.getFullName();
        var form = name.endsWith(".ExtraValue") ? "strings" : FORMS.getOrDefault(name, "object");
        var text = new StringBuilder("message ")
                .append(name)
                .append(' ')
                .append(form)
                .append('\n');
        if (facts.isObject(name)) {
            text.append(" apiVersion 0 string\n kind 0 string\n");
        }
        for (FieldDescriptor field : message.getFields()) {
            text.append(line(name, field)).append('\n');
        }
        return text.toString();
    }

    private String line(String message, FieldDescriptor field) {
        var said = facts.of(message, field.getName());
        var name = field.getName();
        var rest = new StringBuilder();
        for (String fact : said.isEmpty() ? new String[0] : said.split(" ", -1)) {
            if (fact.startsWith("json=")) {
                name = fact.substring("json=".length());
            } else {
                rest.append(' ').append(fact);
            }
        }
        return " " + name + " " + field.getNumber() + " " + type(field) + rest;
    }

    private String type(FieldDescriptor field) {
        if (field.isMapField()) {
            return "{}" + single(field.getMessageType().findFieldByNumber(2));
        }
        return (field.isRepeated() ? "[]" : "") + single(field);
    }

    private String single(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING, BOOL, INT32, INT64, UINT32, UINT64, DOUBLE, FLOAT, BYTES ->
                field.getType().name().toLowerCase(Locale.ROOT);
            case MESSAGE -> {
                open.add(field.getMessageType().getFullName());
                known.putIfAbsent(field.getMessageType().getFullName(), field.getMessageType());
                yield field.getMessageType().getFullName();
            }
            default -> throw new IllegalStateException("no such type is expected: " + field.getFullName());
        };
    }
}

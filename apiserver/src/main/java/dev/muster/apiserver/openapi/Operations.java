package dev.muster.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Gvk;
import dev.muster.apiserver.discovery.Catalogue.Entry;
import dev.muster.apiserver.discovery.Catalogue.Sub;
import dev.muster.apiserver.discovery.Catalogue.Version;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** The paths of one group version, with an operation for each verb served. */
final class Operations {

    private static final List<String> FORMS =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json");

    private final Kinds kinds;
    private final Schemas schemas;
    private final Version version;
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();

    Operations(Kinds kinds, Schemas schemas, Version version) {
        this.kinds = kinds;
        this.schemas = schemas;
        this.version = version;
    }

    /** {@code /api/v1} or {@code /apis/group/version}. */
    static String root(Version version) {
        return version.group().isEmpty() ? "/api/" + version.version() : "/apis/" + version.groupVersion();
    }

    ObjectNode all() {
        version.resources().values().forEach(this::resource);
        return paths;
    }

    private void resource(Entry entry) {
        var type = entry.type();
        var collection = root(version) + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        var scope = type.namespaced() ? "Namespaced" : "";
        collection(collection, scope, "", entry);
        if (type.namespaced() && entry.verbs().contains("list")) {
            var everywhere = path(root(version) + "/" + type.plural());
            list(everywhere, "", type, "ForAllNamespaces");
        }
        object(collection + "/{name}", scope, "", type, entry.verbs());
        entry.subresources().forEach((name, sub) -> {
            String at = collection + "/{name}/" + name;
            if (sub.kind().equals(type)) {
                object(at, scope, capital(name), type, sub.verbs());
            } else {
                ask(at, scope + type.gvk().kind() + capital(name), sub);
            }
        });
    }

    private void collection(String name, String scope, String suffix, Entry entry) {
        var type = entry.type();
        var verbs = entry.verbs();
        if (verbs.contains("list")) {
            list(path(name), scope, type, suffix);
        }
        if (verbs.contains("create")) {
            var post = operation(path(name), "post", "post", "create", scope, type, suffix);
            post.set("parameters", Parameters.write());
            body(post, FORMS, schemas.reference(type.schema(), type.gvk()));
            answers(post, type, "200", "201", "202");
        }
        if (verbs.contains("deletecollection")) {
            var delete =
                    operation(path(name), "delete", "deletecollection", "delete", "Collection" + scope, type, suffix);
            ArrayNode parameters = Parameters.list();
            parameters.addAll(Parameters.delete());
            delete.set("parameters", parameters);
            deleteOptions(delete);
            status(delete);
        }
    }

    private void list(ObjectNode path, String scope, ResourceType type, String suffix) {
        var get = operation(path, "get", "list", "list", scope, type, suffix);
        get.set("parameters", Parameters.list());
        var listKind =
                new Gvk(type.gvk().group(), type.gvk().version(), type.gvk().kind() + "List");
        answer(get, "200", schemas.reference(type.listSchema(), listKind));
    }

    private void object(String name, String scope, String suffix, ResourceType type, SortedSet<String> verbs) {
        if (verbs.contains("get")) {
            var get = operation(path(name), "get", "get", "read", scope, type, suffix);
            answers(get, type, "200");
        }
        if (verbs.contains("create") && !suffix.isEmpty()) {
            var post = operation(path(name), "post", "post", "create", scope, type, suffix);
            post.set("parameters", Parameters.write());
            answers(post, type, "200", "201");
        }
        if (verbs.contains("update")) {
            var put = operation(path(name), "put", "put", "replace", scope, type, suffix);
            put.set("parameters", Parameters.write());
            body(put, FORMS, schemas.reference(type.schema(), type.gvk()));
            answers(put, type, "200", "201");
        }
        if (verbs.contains("patch")) {
            var patch = operation(path(name), "patch", "patch", "patch", scope, type, suffix);
            patch.set("parameters", Parameters.patch());
            body(patch, PATCHES, JsonNodeFactory.instance.objectNode().put("type", "object"));
            answers(patch, type, "200", "201");
        }
        if (verbs.contains("delete")) {
            var delete = operation(path(name), "delete", "delete", "delete", scope, type, suffix);
            delete.set("parameters", Parameters.delete());
            deleteOptions(delete);
            status(delete);
        }
    }

    /** A sub-resource that is asked, with a kind of its own. */
    private void ask(String name, String id, Sub sub) {
        if (sub.verbs().contains("create")) {
            var post = operation(path(name), "post", "post", "create", "", sub.kind(), "");
            post.put("operationId", "create" + capital(tag()).replace("_", "") + id);
            post.set("parameters", Parameters.write());
            body(post, FORMS, schemas.reference(sub.kind().schema(), sub.kind().gvk()));
            answers(post, sub.kind(), "200", "201", "202");
        }
    }

    private ObjectNode path(String name) {
        if (paths.get(name) instanceof ObjectNode known) {
            return known;
        }
        var path = paths.putObject(name);
        path.set("parameters", Parameters.path(name));
        return path;
    }

    private ObjectNode operation(
            ObjectNode path,
            String method,
            String action,
            String word,
            String scope,
            ResourceType type,
            String suffix) {
        var operation = path.putObject(method);
        operation.putArray("tags").add(tag());
        var id = capital(tag()).replace("_", "") + scope + type.gvk().kind() + suffix;
        operation.put("operationId", word + id).put("x-kubernetes-action", action);
        Schemas.gvk(operation.putObject("x-kubernetes-group-version-kind"), type.gvk());
        return operation;
    }

    /** {@code core_v1}, {@code rbacAuthorization_v1}. */
    private String tag() {
        if (version.group().isEmpty()) {
            return "core_" + version.version();
        }
        var words = version.group().replace(".k8s.io", "").split("\\.");
        var out = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            out.append(capital(words[i]));
        }
        return out.append('_').append(version.version()).toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private void deleteOptions(ObjectNode operation) {
        var gvk = new Gvk("", "v1", "DeleteOptions");
        body(operation, FORMS, schemas.reference(kinds.bodyOf(gvk).orElseThrow(), gvk));
    }

    private void status(ObjectNode operation) {
        var gvk = new Gvk("", "v1", "Status");
        answer(operation, "200", schemas.reference(kinds.bodyOf(gvk).orElseThrow(), gvk));
    }

    private static void body(ObjectNode operation, List<String> forms, ObjectNode schema) {
        var content = operation.putObject("requestBody").putObject("content");
        forms.forEach(form -> content.putObject(form).set("schema", schema));
    }

    private void answers(ObjectNode operation, ResourceType type, String... codes) {
        for (String code : codes) {
            answer(operation, code, schemas.reference(type.schema(), type.gvk()));
        }
    }

    private static void answer(ObjectNode operation, String code, ObjectNode schema) {
        var answer = operation.withObjectProperty("responses").putObject(code);
        answer.put("description", "OK");
        var content = answer.putObject("content");
        FORMS.forEach(form -> content.putObject(form).set("schema", schema));
    }
}

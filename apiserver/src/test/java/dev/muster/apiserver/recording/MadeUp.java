package dev.muster.apiserver.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.util.Optional;

/** Answers that are good enough for kubectl to go on: what is posted comes back, what is asked for exists unless it is "new". */
final class MadeUp {

    private final Kinds kinds;

    MadeUp(Kinds kinds) {
        this.kinds = kinds;
    }

    Response answer(FakeExchange request, byte[] body) {
        if (request.path().equals("/version")) {
            var version = JsonNodeFactory.instance.objectNode();
            version.put("major", "1")
                    .put("minor", "33")
                    .put("gitVersion", "v1.33.0")
                    .put("platform", "linux/amd64");
            return StandIn.json(200, version);
        }
        if (request.path().equals("/healthz")) {
            return StandIn.text(200, "ok");
        }
        var segments = request.path().substring(1).split("/");
        int at = segments[0].equals("api") ? 2 : 3;
        if (!segments[0].startsWith("api") || segments.length <= at) {
            return StandIn.text(404, "404 page not found\n");
        }
        int at0 = at;
        var namespace = "";
        if (segments[at].equals("namespaces") && segments.length > at + 2) {
            namespace = segments[at + 1];
            at += 2;
        }
        var type = kinds.byResource(
                at0 == 2 ? "" : segments[1], segments[segments[0].equals("api") ? 1 : 2], segments[at]);
        if (type.isEmpty()) {
            return StandIn.text(404, "404 page not found\n");
        }
        var name = segments.length > at + 1 ? segments[at + 1] : "";
        return switch (request.method()) {
            case "GET" -> name.isEmpty() ? list(request, type.get()) : get(type.get(), namespace, name);
            case "DELETE" -> StandIn.json(200, object(type.get(), namespace, name));
            case "PATCH" -> StandIn.json(200, object(type.get(), namespace, name));
            default -> StandIn.json(201, posted(request, body));
        };
    }

    private Response get(ResourceType type, String namespace, String name) {
        if (name.startsWith("new")) {
            throw new StatusException(
                    new Status(404, "NotFound", type.plural() + " \"" + name + "\" not found", Optional.empty()));
        }
        return StandIn.json(200, object(type, namespace, name));
    }

    private static ObjectNode object(ResourceType type, String namespace, String name) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
        var metadata =
                object.putObject("metadata").put("name", name).put("uid", "u-1").put("resourceVersion", "1");
        metadata.put("creationTimestamp", "2026-01-01T00:00:00Z");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        switch (type.gvk().kind()) {
            case "RoleBinding", "ClusterRoleBinding" ->
                object.putObject("roleRef")
                        .put("apiGroup", "rbac.authorization.k8s.io")
                        .put("kind", "ClusterRole")
                        .put("name", "view");
            case "Pod" ->
                object.putObject("spec")
                        .putArray("containers")
                        .addObject()
                        .put("name", "c")
                        .put("image", "i");
            case "ConfigMap" -> object.putObject("data").put("a", "one");
            case "Secret" -> object.put("type", "Opaque");
            default -> {}
        }
        return object;
    }

    private static Response list(FakeExchange request, ResourceType type) {
        var list = JsonNodeFactory.instance.objectNode();
        if (request.headers().first("accept").orElse("").contains("as=Table")) {
            list.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
            list.putObject("metadata").put("resourceVersion", "1");
            var columns = list.putArray("columnDefinitions");
            columns.addObject()
                    .put("name", "Name")
                    .put("type", "string")
                    .put("format", "name")
                    .put("description", "")
                    .put("priority", 0);
            list.putArray("rows");
            return StandIn.json(200, list);
        }
        list.put("kind", type.gvk().kind() + "List")
                .put("apiVersion", type.gvk().apiVersion());
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items");
        return StandIn.json(200, list);
    }

    private ObjectNode posted(FakeExchange request, byte[] body) {
        boolean protobuf = request.headers().first("content-type").orElse("").equals(Protobuf.MEDIA_TYPE);
        var object = protobuf
                ? new Protobuf(kinds).parseObject(body).value()
                : Json.parseObject(body).value();
        switch (object.path("kind").asText()) {
            case "SelfSubjectReview" ->
                object.putObject("status")
                        .putObject("userInfo")
                        .put("username", "jane")
                        .putArray("groups")
                        .add("developers");
            case "SelfSubjectAccessReview" -> object.putObject("status").put("allowed", true);
            case "SelfSubjectRulesReview" -> {
                var status = object.putObject("status");
                var rule = status.putArray("resourceRules").addObject();
                rule.putArray("verbs").add("get");
                rule.putArray("apiGroups").add("");
                rule.putArray("resources").add("pods");
                status.putArray("nonResourceRules");
                status.put("incomplete", false);
            }
            case "TokenRequest" ->
                object.putObject("status").put("token", "t").put("expirationTimestamp", "2026-01-01T01:00:00Z");
            default -> {}
        }
        return object;
    }
}

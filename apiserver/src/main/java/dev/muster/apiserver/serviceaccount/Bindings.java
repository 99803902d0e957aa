package dev.muster.apiserver.serviceaccount;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.TokenOrder.Binding;
import dev.muster.core.issuing.TokenOrder.Bound;
import java.util.List;
import java.util.Optional;

/** Finds what a token shall be bound to. */
final class Bindings {

    private final ObjectAccess access;
    private final ResourceType pods;
    private final ResourceType secrets;
    private final ResourceType nodes;

    Bindings(ObjectAccess access, Kinds kinds) {
        this.access = access;
        this.pods = kinds.byResource("", "v1", "pods").orElseThrow();
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.nodes = kinds.byResource("", "v1", "nodes").orElseThrow();
    }

    /**
     * The objects that a reference names.
     *
     * @param reference {@code spec.boundObjectRef}; missing = the account alone
     * @throws StatusException 400 for another kind or another account's pod, 404 where there is nothing, 409 for another uid
     */
    Binding of(JsonNode reference, AccountId account) {
        if (!reference.isObject()) {
            return Binding.NONE;
        }
        String kind = reference.path("kind").asText("");
        String apiVersion = reference.path("apiVersion").asText("");
        if (!apiVersion.equals("v1")) {
            throw unknown(apiVersion, kind);
        }
        return switch (kind) {
            case "Pod" -> ofPod(find(pods, account.namespace(), reference), account);
            case "Secret" ->
                new Binding(
                        Optional.empty(),
                        Optional.of(bound(find(secrets, account.namespace(), reference))),
                        Optional.empty());
            case "Node" ->
                new Binding(Optional.empty(), Optional.empty(), Optional.of(bound(find(nodes, "", reference))));
            default -> throw unknown(apiVersion, kind);
        };
    }

    private Binding ofPod(ApiObject pod, AccountId account) {
        var spec = pod.tree().path("spec");
        if (!spec.path("serviceAccountName").asText("").equals(account.name())) {
            throw new StatusException(Statuses.badRequest("cannot bind token for serviceaccount "
                    + GoText.quote(account.name()) + " to pod running with different serviceaccount name."));
        }
        Optional<Bound> node = Optional.of(spec.path("nodeName").asText(""))
                .filter(name -> !name.isEmpty())
                .map(name -> access.get(nodes, "", name).map(Bindings::bound).orElse(new Bound(name, "")));
        return new Binding(Optional.of(bound(pod)), Optional.empty(), node);
    }

    private ApiObject find(ResourceType type, String namespace, JsonNode reference) {
        String name = reference.path("name").asText("");
        var found =
                access.get(type, namespace, name).orElseThrow(() -> new StatusException(Statuses.notFound(type, name)));
        String uid = reference.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(found.uid())) {
            throw new StatusException(Statuses.conflict(
                    type,
                    name,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then"
                            + " recreated"));
        }
        return found;
    }

    private static Bound bound(ApiObject object) {
        return new Bound(object.name(), object.uid());
    }

    private static StatusException unknown(String apiVersion, String kind) {
        Status status = Statuses.badRequest("cannot bind token to object of type " + List.of(apiVersion, kind));
        return new StatusException(status);
    }
}

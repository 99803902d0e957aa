package dev.muster.authz.node;

import dev.muster.api.meta.GoText;
import dev.muster.api.select.FieldSelector;
import dev.muster.authz.node.Relation.Kind;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.NodeIdentity;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Set;

/**
 * {@code --authorization-mode=Node}. Never denies: what it does not allow, a later authorizer may. Its words are Kubernetes'.
 */
public final class NodeAuthorizer implements Authorizer, RuleResolver {

    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> OWN_WRITES = Set.of("get", "create", "update", "patch", "delete");
    private static final String LEASES = "kube-node-lease";

    private final NodeGraph graph;
    private final CommonRules common = new CommonRules();

    public NodeAuthorizer(NodeGraph graph) {
        this.graph = graph;
    }

    @Override
    public Decision authorize(Attributes asked) {
        var node = NodeIdentity.of(asked.user());
        if (node.isEmpty()) {
            return Decision.NO_OPINION;
        }
        if (!node.get().isKnown()) {
            return no("unknown node for user " + GoText.quote(asked.user().name()));
        }
        String name = node.get().name();
        return switch (asked) {
            case Attributes.PathAttributes _ -> alike(name, asked);
            case ResourceAttributes resource -> ofResource(name, resource);
        };
    }

    /** Nodes' rights depend on their pods, so no list of them can be whole. */
    @Override
    public Rules rulesFor(User user, String namespace) {
        return NodeIdentity.of(user).isPresent()
                ? new Rules(
                        List.of(), List.of(), true, List.of("node authorizer does not support user rule resolution"))
                : new Rules(List.of(), List.of(), false, List.of());
    }

    private Decision ofResource(String node, ResourceAttributes asked) {
        String resource = asked.apiGroup().isEmpty() ? asked.resource() : asked.resource() + "." + asked.apiGroup();
        return switch (resource) {
            case "secrets" -> read(node, Kind.SECRET, asked);
            case "configmaps" -> read(node, Kind.CONFIG_MAP, asked);
            case "persistentvolumeclaims" ->
                asked.subresource().equals("status")
                        ? revise(node, Kind.VOLUME_CLAIM, asked)
                        : get(node, Kind.VOLUME_CLAIM, asked);
            case "resourceclaims.resource.k8s.io" -> get(node, Kind.RESOURCE_CLAIM, asked);
            case "persistentvolumes", "volumeattachments.storage.k8s.io" -> get(node, Kind.NONE, asked);
            case "serviceaccounts" -> account(node, asked);
            case "leases.coordination.k8s.io" -> lease(node, asked);
            case "csinodes.storage.k8s.io" -> csiNode(node, asked);
            case "resourceslices.resource.k8s.io" -> slice(node, asked);
            case "nodes" -> node(node, asked);
            case "pods" -> pod(node, asked);
            default -> alike(node, asked);
        };
    }

    private Decision alike(String node, Attributes asked) {
        return common.allow(asked) ? yes(node, "all nodes may") : Decision.NO_OPINION;
    }

    private Decision read(String node, Kind kind, ResourceAttributes asked) {
        if (!READS.contains(asked.verb())) {
            return no("can only read resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot read subresource");
        }
        if (asked.namespace().isEmpty()) {
            return no("can only read namespaced object of this type");
        }
        return related(node, kind, asked);
    }

    private Decision get(String node, Kind kind, ResourceAttributes asked) {
        if (!asked.verb().equals("get")) {
            return no("can only get individual resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot get subresource");
        }
        return related(node, kind, asked);
    }

    private Decision revise(String node, Kind kind, ResourceAttributes asked) {
        return asked.verb().equals("update") || asked.verb().equals("patch")
                ? related(node, kind, asked)
                : no("can only get/update/patch this type");
    }

    private Decision account(String node, ResourceAttributes asked) {
        if (asked.verb().equals("get") && asked.subresource().isEmpty()) {
            return read(node, Kind.SERVICE_ACCOUNT, asked);
        }
        if (!asked.verb().equals("create") || asked.name().isEmpty()) {
            return no("can only create tokens for individual service accounts");
        }
        if (!asked.subresource().equals("token")) {
            return no("can only create token subresource of serviceaccount");
        }
        return related(node, Kind.SERVICE_ACCOUNT, asked);
    }

    private static Decision lease(String node, ResourceAttributes asked) {
        if (!OWN_WRITES.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a node lease");
        }
        if (!asked.namespace().equals(LEASES)) {
            return no("can only access leases in the " + GoText.quote(LEASES) + " system namespace");
        }
        // What is created has no name in the request: NodeRestriction sees to that.
        if (!asked.verb().equals("create") && !asked.name().equals(node)) {
            return no("can only access node lease with the same name as the requesting node");
        }
        return yes(node, "it is its own lease");
    }

    private static Decision csiNode(String node, ResourceAttributes asked) {
        if (!OWN_WRITES.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a CSINode");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize CSINode subresources");
        }
        if (!asked.verb().equals("create") && !asked.name().equals(node)) {
            return no("can only access CSINode with the same name as the requesting node");
        }
        return yes(node, "it is its own CSINode");
    }

    private Decision slice(String node, ResourceAttributes asked) {
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize ResourceSlice subresources");
        }
        return switch (asked.verb()) {
            case "create" -> yes(node, "NodeRestriction looks at what it makes");
            case "get", "update", "patch", "delete" -> related(node, Kind.NONE, asked);
            case "watch", "list", "deletecollection" ->
                selects(asked, "nodeName", node)
                        ? yes(node, "it asks for its own slices")
                        : no("can only list/watch/deletecollection resourceslices with nodeName field selector");
            default ->
                no("only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch,"
                        + " delete, deletecollection");
        };
    }

    private static Decision node(String node, ResourceAttributes asked) {
        String verb = asked.verb();
        boolean changes = verb.equals("update") || verb.equals("patch");
        if (asked.subresource().equals("status") && changes) {
            return yes(node, "NodeRestriction looks at what it changes");
        }
        if (!asked.subresource().isEmpty()) {
            return Decision.NO_OPINION;
        }
        if (changes || verb.equals("create")) {
            return yes(node, "NodeRestriction looks at what it changes");
        }
        if (!READS.contains(verb)) {
            return Decision.NO_OPINION;
        }
        // By name, not by the graph: a node looks for itself before it is there.
        if (asked.name().equals(node)) {
            return yes(node, "it is its own Node");
        }
        return asked.name().isEmpty()
                ? no("node '" + node + "' cannot read all nodes, only its own Node object")
                : no("node '" + node + "' cannot read '" + asked.name() + "', only its own Node object");
    }

    private Decision pod(String node, ResourceAttributes asked) {
        return switch (asked.subresource() + " " + asked.verb()) {
            case " get" -> get(node, Kind.POD, asked);
            case " list", " watch" -> pods(node, asked);
            case " create", " delete", "status update", "status patch", "eviction create" ->
                yes(node, "NodeRestriction looks at which pod it is");
            default -> Decision.NO_OPINION;
        };
    }

    private Decision pods(String node, ResourceAttributes asked) {
        if (selects(asked, "spec.nodeName", node)) {
            return yes(node, "it asks for the pods on it");
        }
        return asked.name().isEmpty()
                ? no("can only list/watch pods with spec.nodeName field selector")
                : related(node, Kind.POD, asked);
    }

    private Decision related(String node, Kind kind, ResourceAttributes asked) {
        if (asked.name().isEmpty()) {
            return no("No Object name found");
        }
        return graph.leads(new Relation(kind, asked.namespace(), asked.name(), node))
                ? yes(node, "a pod on it leads there")
                : no("no relationship found between node '" + node + "' and this object");
    }

    /** Whether the request is narrowed to that value: all requirements must hold, so one is enough. */
    private static boolean selects(ResourceAttributes asked, String field, String value) {
        try {
            return asked.selectors().isPresent()
                    && FieldSelector.parse(asked.selectors().get().field()).requirements().stream()
                            .anyMatch(one -> one.equal()
                                    && one.field().equals(field)
                                    && one.value().equals(value));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Decision yes(String node, String why) {
        return new Decision.Allow(() -> "Node: allowed to node '" + node + "': " + why);
    }

    private static Decision no(String why) {
        return new Decision.NoOpinion(Decision.Grounds.of(why), false);
    }
}

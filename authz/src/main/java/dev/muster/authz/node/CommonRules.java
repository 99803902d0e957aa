package dev.muster.authz.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.bootstrap.DefaultPolicy;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.NodeIdentity;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Revision;
import java.util.List;

/**
 * What all nodes may do alike: the role {@code system:node} as it is by default, whatever became of the stored one. In a policy of
 * its own, in which nothing else stands.
 */
final class CommonRules {

    private static final String NAME = "system:node";

    private final RbacAuthorizer policy;

    CommonRules() {
        var role = new Place(Kind.CLUSTER_ROLE, "", NAME);
        ApiObject rules = DefaultPolicy.kubernetes().stream()
                .filter(desired -> desired.place().equals(role))
                .findFirst()
                .flatMap(desired -> desired.object())
                .orElseThrow();
        var index = new RbacIndex((key, why) -> {
            throw new IllegalStateException(key + ": " + why);
        });
        var binding = new Place(Kind.CLUSTER_ROLE_BINDING, "", NAME);
        index.reset(new Snapshot<>(
                List.of(
                        new Cached<>(binding.key(), toAllNodes(), Revision.of(1)),
                        new Cached<>(role.key(), rules, Revision.of(1))),
                Revision.of(1)));
        this.policy = new RbacAuthorizer(index);
    }

    boolean allow(Attributes asked) {
        return policy.authorize(asked) instanceof Decision.Allow;
    }

    private static ApiObject toAllNodes() {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata").put("name", NAME);
        tree.putObject("roleRef")
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", Kind.CLUSTER_ROLE.kind())
                .put("name", NAME);
        tree.putArray("subjects")
                .addObject()
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", "Group")
                .put("name", NodeIdentity.GROUP);
        return ApiObject.of(tree);
    }
}

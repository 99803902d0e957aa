package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.authz.mode.AlwaysAllow;
import dev.muster.authz.mode.AlwaysDeny;
import dev.muster.authz.mode.RuleResolvers;
import dev.muster.authz.mode.Superuser;
import dev.muster.authz.node.NodeAuthorizer;
import dev.muster.authz.node.NodeGraph;
import dev.muster.authz.rbac.NearMisses;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.AuthorizerUnion;
import dev.muster.core.access.BindingLister;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache;
import dev.muster.server.config.AuthorizationMode;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What decides whether a request may proceed.
 *
 * @param authorizer the whole chain, system:masters first
 * @param rules what the chain can list of a user's rights
 * @param rbac RBAC alone, for escalation checks
 * @param bindings what the chain can name of a user's bindings
 */
record Permissions(Authorizer authorizer, RuleResolver rules, RbacAuthorizer rbac, BindingLister bindings) {

    private static final Logger LOG = LoggerFactory.getLogger(Permissions.class);

    static Permissions open(List<AuthorizationMode> modes, Kinds kinds, Cache<ApiObject> cache, Closing closing) {
        var index = new RbacIndex((key, why) -> LOG.warn("{} grants nothing, it is malformed: {}", key, why));
        closing.add("rbac index", cache.feed(RbacKeys.PREFIX, index));
        var rbac = new RbacAuthorizer(index);
        var chain = new ArrayList<Authorizer>();
        var resolvers = new ArrayList<RuleResolver>();
        chain.add(new Superuser());
        for (AuthorizationMode mode : modes) {
            switch (mode) {
                case NODE -> {
                    var nodes = nodes(kinds, cache, closing);
                    chain.add(nodes);
                    resolvers.add(nodes);
                }
                case RBAC -> {
                    chain.add(rbac);
                    resolvers.add(rbac);
                }
                case ALWAYS_ALLOW -> {
                    var allow = new AlwaysAllow();
                    chain.add(allow);
                    resolvers.add(allow);
                }
                case ALWAYS_DENY -> {
                    var deny = new AlwaysDeny();
                    chain.add(deny);
                    resolvers.add(deny);
                }
            }
        }
        BindingLister bindings = modes.contains(AuthorizationMode.RBAC) ? new Told(rbac) : BindingLister.NONE;
        return new Permissions(new AuthorizerUnion(chain), new RuleResolvers(resolvers), rbac, bindings);
    }

    /** What RBAC knows of a user, for the story of a refusal. */
    private record Told(RbacAuthorizer rbac) implements BindingLister {

        @Override
        public List<Bound> bindingsOf(User user, String namespace) {
            return rbac.bindingsOf(user, namespace);
        }

        @Override
        public List<Near> nearest(Attributes asked) {
            String namespace = asked instanceof Attributes.ResourceAttributes r ? r.namespace() : "";
            return NearMisses.of(rbac.rulesOf(asked.user(), namespace).rules(), asked);
        }
    }

    private static NodeAuthorizer nodes(Kinds kinds, Cache<ApiObject> cache, Closing closing) {
        var graph = new NodeGraph();
        var pods = StorageKeys.prefix(kinds.byResource("", "v1", "pods").orElseThrow());
        closing.add("node graph", cache.feed(pods, graph));
        return new NodeAuthorizer(graph);
    }
}

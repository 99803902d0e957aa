package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Explained;
import dev.muster.authz.rbac.MissingRole;
import dev.muster.authz.rbac.RbacGrounds;
import dev.muster.authz.rbac.RuleLists;
import dev.muster.authz.rbac.RulesOf;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.BindingLister;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.List;

/**
 * Kubernetes' RBAC over an {@link RbacIndex}. What nothing allows is no opinion and never failed: a binding whose role is
 * missing only adds its words to the refusal, as in kube-apiserver.
 */
public final class RbacAuthorizer implements Authorizer, RuleResolver, RulesOf, BindingLister {

    private final RbacIndex index;

    public RbacAuthorizer(RbacIndex index) {
        this.index = index;
    }

    @Override
    public Decision authorize(Attributes attributes) {
        Policy policy = index.policy();
        User user = attributes.user();
        String namespace = attributes instanceof Attributes.ResourceAttributes r ? r.namespace() : "";
        Query query = Query.of(attributes);
        return switch (policy.decide(user, namespace, query)) {
            case ALLOWED -> new Decision.Allow(new LazyGrounds(policy, user, namespace, query));
            case NOTHING -> Decision.NO_OPINION;
            case NOTHING_AND_MISSING ->
                new Decision.NoOpinion(
                        () -> "RBAC: "
                                + MissingRole.joined(MissingRole.messages(
                                        policy.held(user, namespace).missing())),
                        false);
        };
    }

    @Override
    public Held rulesOf(User user, String namespace) {
        return index.policy().held(user, namespace);
    }

    @Override
    public Rules rulesFor(User user, String namespace) {
        Held held = rulesOf(user, namespace);
        return RuleLists.of(held.rules(), MissingRole.messages(held.missing()));
    }

    @Override
    public List<Bound> bindingsOf(User user, String namespace) {
        return index.policy().bindings(user, namespace);
    }

    /** Finds binding and rule again, in Kubernetes' order and in the version that decided. */
    private record LazyGrounds(Policy policy, User user, String namespace, Query query) implements Explained {
        @Override
        public RbacGrounds explain() {
            return policy.explain(user, namespace, query)
                    .orElseThrow(() -> new IllegalStateException("allowed without grounds: " + query));
        }
    }
}

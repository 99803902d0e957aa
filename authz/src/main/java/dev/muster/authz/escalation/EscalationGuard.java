package dev.muster.authz.escalation;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RulesOf;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache;
import java.util.List;
import java.util.Optional;

/**
 * Nobody gives, in roles or bindings, what they do not hold themselves, unless they may {@code escalate} or {@code bind}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">
 *     Privilege escalation prevention</a>
 */
public final class EscalationGuard implements WriteGuard {

    private static final List<Rule> FULL_AUTHORITY = List.of(
            Rule.of(List.of(Rule.ALL), List.of(Rule.ALL), List.of(Rule.ALL)),
            Rule.ofPaths(List.of(Rule.ALL), List.of(Rule.ALL)));

    private final Authorizer authorizer;
    private final RulesOf rules;
    private final Cache<ApiObject> objects;

    /**
     * @param authorizer the whole chain, for the verbs escalate and bind
     * @param rules what RBAC gives a user; what other authorizers allow does not count
     * @param objects where referenced roles are read
     */
    public EscalationGuard(Authorizer authorizer, RulesOf rules, Cache<ApiObject> objects) {
        this.authorizer = authorizer;
        this.rules = rules;
        this.objects = objects;
    }

    @Override
    public void check(Attempt attempt) {
        if (attempt.verb().equals("delete") || !attempt.type().gvk().group().equals(RbacKeys.GROUP)) {
            return;
        }
        RbacKeys.Kind.ofResource(attempt.type().plural()).ifPresent(kind -> check(attempt, kind));
    }

    private void check(Attempt attempt, RbacKeys.Kind kind) {
        if (attempt.user().isIn(User.MASTERS)) {
            return;
        }
        // For roles Kubernetes asks for escalate before it looks at what changed; for bindings it looks first.
        if (kind.isRole() && mayEscalate(attempt, kind)) {
            return;
        }
        if (attempt.old().isPresent()
                && GarbageCollection.changesNothingElse(
                        attempt.proposed(), attempt.old().get())) {
            return;
        }
        var place = new RbacKeys.Place(
                kind,
                kind.isNamespaced() ? attempt.namespace() : "",
                attempt.proposed().name());
        if (kind.isRole()) {
            checkRole(attempt, place);
        } else {
            checkBinding(attempt, place);
        }
    }

    private void checkRole(Attempt attempt, RbacKeys.Place place) {
        Role role = RbacReader.role(place, attempt.proposed(), why -> malformed(attempt, why));
        HeldRules.of(rules, attempt.user(), place.namespace())
                .missing(role.rules())
                .ifPresent(missing -> {
                    throw forbidden(attempt, missing);
                });
        boolean aggregates = place.kind() == RbacKeys.Kind.CLUSTER_ROLE
                && (aggregates(attempt.proposed())
                        || attempt.old().filter(EscalationGuard::aggregates).isPresent());
        if (aggregates
                && HeldRules.of(rules, attempt.user(), place.namespace())
                        .missing(FULL_AUTHORITY)
                        .isPresent()) {
            throw forbidden(attempt, "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    private void checkBinding(Attempt attempt, RbacKeys.Place place) {
        Binding binding = RbacReader.binding(place, attempt.proposed(), why -> malformed(attempt, why));
        RbacKeys.Place role = roleOf(binding);
        if (mayBind(attempt.user(), binding.namespace(), role)) {
            return;
        }
        ApiObject stored = objects.get(role.key())
                .map(Cache.Cached::value)
                .orElseThrow(() -> new StatusException(
                        Statuses.notFound(RbacKeys.GROUP, role.kind().resource(), role.name())));
        List<Rule> given =
                RbacReader.role(role, stored, why -> malformed(attempt, why)).rules();
        HeldRules.of(rules, attempt.user(), place.namespace()).missing(given).ifPresent(missing -> {
            throw forbidden(attempt, missing);
        });
    }

    private static RbacKeys.Place roleOf(Binding binding) {
        RoleRef ref = binding.role();
        if (ref.kind().equals(RoleRef.CLUSTER_ROLE)) {
            return new RbacKeys.Place(RbacKeys.Kind.CLUSTER_ROLE, "", ref.name());
        }
        if (ref.kind().equals(RoleRef.ROLE) && !binding.isClusterWide()) {
            return new RbacKeys.Place(RbacKeys.Kind.ROLE, binding.namespace(), ref.name());
        }
        throw new StatusException(Statuses.badRequest("unsupported role reference kind: " + GoText.quote(ref.kind())));
    }

    private boolean mayEscalate(Attempt attempt, RbacKeys.Kind kind) {
        // The name is the URL's, which is empty on create: a right limited to names does not reach creation.
        String namespace = kind.isNamespaced() ? attempt.namespace() : "";
        return allowed(ResourceAttributes.of(
                attempt.user(), "escalate", namespace, RbacKeys.GROUP, kind.resource(), "", attempt.urlName()));
    }

    private boolean mayBind(User user, String namespace, RbacKeys.Place role) {
        return allowed(ResourceAttributes.of(
                user, "bind", namespace, RbacKeys.GROUP, role.kind().resource(), "", role.name()));
    }

    private boolean allowed(ResourceAttributes asked) {
        Decision decision = authorizer.authorize(asked);
        if (decision instanceof Decision.Elsewhere elsewhere) {
            decision = elsewhere.ask().get();
        }
        return decision instanceof Decision.Allow;
    }

    private static boolean aggregates(ApiObject role) {
        return !role.tree().path("aggregationRule").path("clusterRoleSelectors").isEmpty();
    }

    private static void malformed(Attempt attempt, String why) {
        throw forbidden(attempt, "cannot be checked for privilege escalation: " + why);
    }

    private static StatusException forbidden(Attempt attempt, String why) {
        Status status =
                ForbiddenStatuses.forbidden(attempt.type(), attempt.proposed().name(), why);
        return new StatusException(status);
    }

    /** What a user holds somewhere, and the sentence for what not. */
    private record HeldRules(User user, RulesOf.Held held) {

        static HeldRules of(RulesOf rules, User user, String namespace) {
            return new HeldRules(user, rules.rulesOf(user, namespace));
        }

        Optional<String> missing(List<Rule> wanted) {
            return EscalationText.of(user, held, wanted);
        }
    }
}

package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RbacGrounds;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RulesOf.Held;
import dev.muster.authz.rbac.Subject;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All policy at one moment, immutable: a decision and its grounds see one version.
 *
 * @param users by user name, service accounts included
 * @param groups by group name
 */
record Policy(StringMap<Grants> users, StringMap<Grants> groups, RoleTable roles) {

    static final Policy EMPTY = new Policy(StringMap.empty(), StringMap.empty(), RoleTable.EMPTY);

    /** What the quick look found. */
    enum Verdict {
        ALLOWED,
        NOTHING,
        /** Nothing, and some binding's role is missing. */
        NOTHING_AND_MISSING
    }

    private static final int NOTHING = -1;
    private static final int NOTHING_AND_MISSING = -2;

    /** Whether anything allows it: looks at the caller's own bindings, in no particular order, and stops at the first. */
    Verdict decide(User user, String namespace, Query query) {
        boolean missing = false;
        for (int i = 0; i <= user.groups().size(); i++) {
            Grants grants = grants(user, i);
            if (grants == null) {
                continue;
            }
            int everywhere = firstAllowing(grants.everywhere(), "", query);
            int local = everywhere >= 0 || namespace.isEmpty()
                    ? NOTHING
                    : firstAllowing(grants.around(namespace), namespace, query);
            if (everywhere >= 0 || local >= 0) {
                return Verdict.ALLOWED;
            }
            missing |= everywhere == NOTHING_AND_MISSING || local == NOTHING_AND_MISSING;
        }
        return missing ? Verdict.NOTHING_AND_MISSING : Verdict.NOTHING;
    }

    /** What allows it, the first in Kubernetes' order; empty when nothing does. */
    Optional<RbacGrounds> explain(User user, String namespace, Query query) {
        return first(user, "", query)
                .or(() -> namespace.isEmpty() ? Optional.empty() : first(user, namespace, query))
                .map(bound -> grounds(user, bound, query));
    }

    /** The first binding by name that allows it, of the namespace or, without one, of the cluster-wide ones. */
    private Optional<BoundRole> first(User user, String namespace, Query query) {
        Optional<BoundRole> first = Optional.empty();
        for (int i = 0; i <= user.groups().size(); i++) {
            Grants grants = grants(user, i);
            if (grants == null) {
                continue;
            }
            BoundRoles all = namespace.isEmpty() ? grants.everywhere() : grants.around(namespace);
            int at = firstAllowing(all, namespace, query);
            if (at >= 0
                    && first.map(b -> BoundRole.BY_NAME.compare(b, all.get(at)) > 0)
                            .orElse(true)) {
                first = Optional.of(all.get(at));
            }
        }
        return first;
    }

    /** What the user's own name is bound to, at 0, and the groups after it; null for nothing. */
    private Grants grants(User user, int at) {
        return at == 0 ? users.get(user.name()) : groups.get(user.groups().get(at - 1));
    }

    /** The place of the first that allows it, or one of the negative answers. */
    private int firstAllowing(BoundRoles all, String namespace, Query query) {
        int answer = NOTHING;
        int hash = namespace.hashCode();
        for (int i = 0; i < all.size(); i++) {
            if (all.namespaceHash(i) != hash
                    || (roles.sieve(all.role(i)) & query.sieve()) == 0
                    || !all.get(i).isIn(namespace)) {
                continue;
            }
            CompiledRole role = roles.get(all.role(i));
            if (role == null) {
                answer = NOTHING_AND_MISSING;
            } else if (role.firstAllowing(query) != CompiledRole.NONE) {
                return i;
            }
        }
        return answer;
    }

    private RbacGrounds grounds(User user, BoundRole bound, Query query) {
        CompiledRole role = roles.get(bound.role());
        int rule = role.firstAllowing(query);
        Binding binding = bound.binding();
        return new RbacGrounds(
                binding, subject(user, binding), rule, role.rules().get(rule));
    }

    /** Every rule of the user there, in Kubernetes' order, and what is missing. */
    Held held(User user, String namespace) {
        var rules = new ArrayList<Rule>();
        var missing = new ArrayList<RoleRef>();
        for (BoundRole bound : boundTo(user, namespace)) {
            CompiledRole role = roles.get(bound.role());
            if (role == null) {
                missing.add(bound.binding().role());
            } else {
                rules.addAll(role.rules());
            }
        }
        return new Held(rules, missing);
    }

    /** The user's bindings there, by name. */
    List<Bound> bindings(User user, String namespace) {
        return boundTo(user, namespace).stream()
                .map(bound -> {
                    Binding binding = bound.binding();
                    Subject subject = subject(user, binding);
                    return new Bound(
                            binding.isClusterWide() ? "ClusterRoleBinding" : "RoleBinding",
                            binding.namespace(),
                            binding.name(),
                            binding.role().kind() + "/" + binding.role().name(),
                            subject.kind() + "/" + subject.name());
                })
                .toList();
    }

    /** The user's bindings in Kubernetes' order: cluster-wide ones by name, then the namespace's by name; each once. */
    private List<BoundRole> boundTo(User user, String namespace) {
        var everywhere = new TreeSet<>(BoundRole.BY_NAME);
        var local = new TreeSet<>(BoundRole.BY_NAME);
        for (int i = 0; i <= user.groups().size(); i++) {
            Grants grants = grants(user, i);
            if (grants == null) {
                continue;
            }
            everywhere.addAll(grants.everywhere().list());
            if (!namespace.isEmpty()) {
                grants.around(namespace).list().stream()
                        .filter(bound -> bound.isIn(namespace))
                        .forEach(local::add);
            }
        }
        var all = new ArrayList<>(everywhere);
        all.addAll(local);
        return all;
    }

    private static Subject subject(User user, Binding binding) {
        for (Subject subject : binding.subjects()) {
            boolean is = switch (subject.kind()) {
                case Subject.USER -> subject.name().equals(user.name());
                case Subject.GROUP -> user.isIn(subject.name());
                case Subject.SERVICE_ACCOUNT ->
                    BoundRole.serviceAccountUser(subject, binding.namespace())
                            .filter(user.name()::equals)
                            .isPresent();
                default -> false;
            };
            if (is) {
                return subject;
            }
        }
        throw new IllegalStateException("the index names a binding that is not for the user: " + binding.name());
    }
}

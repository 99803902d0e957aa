package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RbacGrounds;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RulesOf.Held;
import dev.muster.authz.rbac.Subject;
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

    /** Whether anything allows it: looks at the caller's own bindings, in no particular order, and stops at the first. */
    Verdict decide(User user, String namespace, Query query) {
        boolean missing = false;
        List<String> names = user.groups();
        for (int i = -1; i < names.size(); i++) {
            Grants grants = i < 0 ? users.get(user.name()) : groups.get(names.get(i));
            if (grants == null) {
                continue;
            }
            Verdict verdict = decide(grants.everywhere(), "", query);
            if (verdict == Verdict.NOTHING_AND_MISSING) {
                missing = true;
            }
            if (verdict != Verdict.ALLOWED && !namespace.isEmpty()) {
                verdict = decide(grants.around(namespace), namespace, query);
                missing |= verdict == Verdict.NOTHING_AND_MISSING;
            }
            if (verdict == Verdict.ALLOWED) {
                return verdict;
            }
        }
        return missing ? Verdict.NOTHING_AND_MISSING : Verdict.NOTHING;
    }

    private Verdict decide(BoundRole[] all, String namespace, Query query) {
        Verdict verdict = Verdict.NOTHING;
        for (BoundRole bound : all) {
            if (bound.isIn(namespace)) {
                CompiledRole role = roles.get(bound.role());
                if (role == null) {
                    verdict = Verdict.NOTHING_AND_MISSING;
                } else if (role.firstAllowing(query) != CompiledRole.NONE) {
                    return Verdict.ALLOWED;
                }
            }
        }
        return verdict;
    }

    /** What allows it, in Kubernetes' order; empty when nothing does. */
    Optional<RbacGrounds> explain(User user, String namespace, Query query) {
        for (BoundRole bound : boundTo(user, namespace)) {
            CompiledRole role = roles.get(bound.role());
            int rule = role == null ? CompiledRole.NONE : role.firstAllowing(query);
            if (rule != CompiledRole.NONE) {
                Binding binding = bound.binding();
                return Optional.of(new RbacGrounds(
                        binding, subject(user, binding), rule, role.rules().get(rule)));
            }
        }
        return Optional.empty();
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

    /** The user's bindings in Kubernetes' order: cluster-wide ones by name, then the namespace's by name. */
    private List<BoundRole> boundTo(User user, String namespace) {
        var everywhere = new TreeSet<>(BoundRole.BY_NAME);
        var local = new TreeSet<>(BoundRole.BY_NAME);
        collect(users.get(user.name()), namespace, everywhere, local);
        user.groups().forEach(group -> collect(groups.get(group), namespace, everywhere, local));
        var all = new ArrayList<>(everywhere);
        all.addAll(local);
        return all;
    }

    private static void collect(
            Grants grants, String namespace, TreeSet<BoundRole> everywhere, TreeSet<BoundRole> local) {
        if (grants == null) {
            return;
        }
        everywhere.addAll(List.of(grants.everywhere()));
        if (!namespace.isEmpty()) {
            for (BoundRole bound : grants.around(namespace)) {
                if (bound.isIn(namespace)) {
                    local.add(bound);
                }
            }
        }
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

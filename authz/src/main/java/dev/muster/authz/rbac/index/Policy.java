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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    private Verdict decide(BoundRoles all, String namespace, Query query) {
        Verdict verdict = Verdict.NOTHING;
        int hash = namespace.hashCode();
        for (int i = 0; i < all.size(); i++) {
            if (all.namespaceHash(i) != hash
                    || (roles.sieve(all.role(i)) & query.sieve()) == 0
                    || !all.get(i).isIn(namespace)) {
                continue;
            }
            CompiledRole role = roles.get(all.role(i));
            if (role == null) {
                verdict = Verdict.NOTHING_AND_MISSING;
            } else if (role.firstAllowing(query) != CompiledRole.NONE) {
                return Verdict.ALLOWED;
            }
        }
        return verdict;
    }

    /** What allows it, the first in Kubernetes' order; empty when nothing does. */
    Optional<RbacGrounds> explain(User user, String namespace, Query query) {
        List<Grants> held = grantsOf(user);
        return held.stream()
                .flatMap(grants -> firstAllowing(grants.everywhere(), "", query).stream())
                .min(BoundRole.BY_NAME)
                .or(() -> held.stream()
                        .filter(grants -> !namespace.isEmpty())
                        .flatMap(grants -> firstAllowing(grants.around(namespace), namespace, query).stream())
                        .min(BoundRole.BY_NAME))
                .map(bound -> grounds(user, bound, query));
    }

    private Optional<BoundRole> firstAllowing(BoundRoles all, String namespace, Query query) {
        return IntStream.range(0, all.size())
                .filter(i -> (roles.sieve(all.role(i)) & query.sieve()) != 0)
                .mapToObj(all::get)
                .filter(bound -> bound.isIn(namespace) && ruleAllowing(bound, query) != CompiledRole.NONE)
                .findFirst();
    }

    private int ruleAllowing(BoundRole bound, Query query) {
        CompiledRole role = roles.get(bound.role());
        return role == null ? CompiledRole.NONE : role.firstAllowing(query);
    }

    private RbacGrounds grounds(User user, BoundRole bound, Query query) {
        int rule = ruleAllowing(bound, query);
        Binding binding = bound.binding();
        return new RbacGrounds(
                binding,
                subject(user, binding),
                rule,
                roles.get(bound.role()).rules().get(rule));
    }

    private List<Grants> grantsOf(User user) {
        return Stream.concat(
                        Stream.ofNullable(users.get(user.name())),
                        user.groups().stream().map(groups::get).filter(Objects::nonNull))
                .toList();
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

    /** The user's bindings in Kubernetes' order: cluster-wide ones by name, then the namespace's by name; each once. */
    private List<BoundRole> boundTo(User user, String namespace) {
        var everywhere = new TreeSet<>(BoundRole.BY_NAME);
        var local = new TreeSet<>(BoundRole.BY_NAME);
        for (Grants grants : grantsOf(user)) {
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

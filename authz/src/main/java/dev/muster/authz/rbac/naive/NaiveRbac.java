package dev.muster.authz.rbac.naive;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.MissingRole;
import dev.muster.authz.rbac.RbacGrounds;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RuleLists;
import dev.muster.authz.rbac.RulesOf;
import dev.muster.authz.rbac.Subject;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.BindingLister;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * RBAC as its description reads: walk every binding, every subject, every rule. Slow, and obviously right: it judges the
 * index, and shares no matching code with it.
 */
public final class NaiveRbac implements Authorizer, RuleResolver, RulesOf, BindingLister {

    private final List<Role> roles;
    private final List<Binding> bindings;

    public NaiveRbac(Collection<Role> roles, Collection<Binding> bindings) {
        this.roles = List.copyOf(roles);
        this.bindings = bindings.stream()
                .sorted(Comparator.comparing((Binding b) -> !b.isClusterWide()).thenComparing(Binding::name))
                .toList();
    }

    @Override
    public Decision authorize(Attributes attributes) {
        var missing = new ArrayList<RoleRef>();
        String namespace = attributes instanceof Attributes.ResourceAttributes r ? r.namespace() : "";
        for (Binding binding : bindings) {
            Optional<Subject> subject = subjectThatIs(attributes.user(), binding, namespace);
            if (subject.isEmpty()) {
                continue;
            }
            Optional<Role> role = roleOf(binding);
            if (role.isEmpty()) {
                missing.add(binding.role());
                continue;
            }
            List<Rule> rules = role.get().rules();
            for (int i = 0; i < rules.size(); i++) {
                if (NaiveRule.allows(rules.get(i), attributes)) {
                    return new Decision.Allow(new RbacGrounds(binding, subject.get(), i, rules.get(i)));
                }
            }
        }
        if (missing.isEmpty()) {
            return Decision.NO_OPINION;
        }
        return new Decision.NoOpinion(
                Decision.Grounds.of("RBAC: " + MissingRole.joined(MissingRole.messages(missing))), false);
    }

    @Override
    public Held rulesOf(User user, String namespace) {
        var rules = new ArrayList<Rule>();
        var missing = new ArrayList<RoleRef>();
        for (Binding binding : bindings) {
            if (subjectThatIs(user, binding, namespace).isPresent()) {
                roleOf(binding).ifPresentOrElse(role -> rules.addAll(role.rules()), () -> missing.add(binding.role()));
            }
        }
        return new Held(rules, missing);
    }

    @Override
    public Rules rulesFor(User user, String namespace) {
        Held held = rulesOf(user, namespace);
        return RuleLists.of(held.rules(), MissingRole.messages(held.missing()));
    }

    @Override
    public List<Bound> bindingsOf(User user, String namespace) {
        var bound = new ArrayList<Bound>();
        for (Binding binding : bindings) {
            Optional<Subject> subject = subjectThatIs(user, binding, namespace);
            if (subject.isPresent()) {
                bound.add(new Bound(
                        binding.namespace().isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
                        binding.namespace(),
                        binding.name(),
                        binding.role().kind() + "/" + binding.role().name(),
                        subject.get().kind() + "/" + subject.get().name()));
            }
        }
        return bound;
    }

    private static Optional<Subject> subjectThatIs(User user, Binding binding, String namespace) {
        if (!binding.isClusterWide() && !binding.namespace().equals(namespace)) {
            return Optional.empty();
        }
        return binding.subjects().stream()
                .filter(subject -> is(user, subject, binding.namespace()))
                .findFirst();
    }

    private static boolean is(User user, Subject subject, String bindingNamespace) {
        return switch (subject.kind()) {
            case Subject.USER -> user.name().equals(subject.name());
            case Subject.GROUP -> user.groups().contains(subject.name());
            case Subject.SERVICE_ACCOUNT -> {
                String namespace = subject.namespace().isEmpty() ? bindingNamespace : subject.namespace();
                yield !namespace.isEmpty()
                        && user.name().equals("system:serviceaccount:" + namespace + ":" + subject.name());
            }
            default -> false;
        };
    }

    private Optional<Role> roleOf(Binding binding) {
        String kind = binding.role().kind();
        if (!kind.equals(RoleRef.ROLE) && !kind.equals(RoleRef.CLUSTER_ROLE)) {
            return Optional.empty();
        }
        if (kind.equals(RoleRef.ROLE) && binding.isClusterWide()) {
            return Optional.empty();
        }
        String namespace = kind.equals(RoleRef.ROLE) ? binding.namespace() : "";
        return roles.stream()
                .filter(role -> role.namespace().equals(namespace)
                        && role.name().equals(binding.role().name()))
                .findFirst();
    }
}

package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes the next {@link Policy} out of the last one and a change. Remembers what it put in. For one thread at a time. */
final class PolicyWriter {

    private RoleNumbers numbers = new RoleNumbers();
    private final Map<RoleName, Integer> roles = new HashMap<>();
    private final Map<BindingName, BoundRole> bindings = new HashMap<>();

    /** What one key holds. */
    sealed interface Item {}

    /**
     * @param role empty = deleted
     */
    record RoleItem(RoleName name, Optional<CompiledRole> role) implements Item {}

    /**
     * @param binding empty = deleted
     */
    record BindingItem(RbacKeys.Place place, Optional<Binding> binding) implements Item {}

    private record BindingName(String namespace, String name) {}

    /** Forgets everything and starts with these. */
    Policy reset(List<Item> items) {
        numbers = new RoleNumbers();
        roles.clear();
        bindings.clear();
        RoleTable table = RoleTable.EMPTY;
        var users = new HashMap<String, List<BoundRole>>();
        var groups = new HashMap<String, List<BoundRole>>();
        for (Item item : items) {
            switch (item) {
                case RoleItem role -> table = apply(table, role);
                case BindingItem binding -> {
                    BoundRole bound = remember(binding.binding().orElseThrow());
                    subjects(
                            bound,
                            (user, b) -> users.computeIfAbsent(user, u -> new ArrayList<>(1))
                                    .add(b),
                            (group, b) -> groups.computeIfAbsent(group, g -> new ArrayList<>(1))
                                    .add(b));
                }
            }
        }
        return new Policy(frozen(users), frozen(groups), table);
    }

    Policy apply(Policy policy, Item item) {
        return switch (item) {
            case RoleItem role -> new Policy(policy.users(), policy.groups(), apply(policy.roles(), role));
            case BindingItem binding -> apply(policy, binding);
        };
    }

    private RoleTable apply(RoleTable table, RoleItem item) {
        if (item.role().isPresent()) {
            int number = roles.computeIfAbsent(item.name(), numbers::retain);
            return table.with(number, item.role().get());
        }
        Integer number = roles.remove(item.name());
        if (number == null) {
            return table;
        }
        numbers.release(item.name());
        return table.with(number, null);
    }

    private Policy apply(Policy policy, BindingItem item) {
        var changed = new Changed(policy.users(), policy.groups());
        BoundRole old = bindings.remove(
                new BindingName(item.place().namespace(), item.place().name()));
        if (old != null) {
            subjects(old, changed::removeUser, changed::removeGroup);
            RoleName.of(old.binding()).ifPresent(numbers::release);
        }
        item.binding().ifPresent(binding -> subjects(remember(binding), changed::addUser, changed::addGroup));
        return new Policy(changed.users, changed.groups, policy.roles());
    }

    private BoundRole remember(Binding binding) {
        var bound =
                new BoundRole(binding, RoleName.of(binding).map(numbers::retain).orElse(-1));
        bindings.put(new BindingName(binding.namespace(), binding.name()), bound);
        return bound;
    }

    private static StringMap<Grants> frozen(Map<String, List<BoundRole>> all) {
        var grants = HashMap.<String, Grants>newHashMap(all.size());
        all.forEach((name, bound) -> grants.put(name, Grants.of(bound)));
        return StringMap.of(grants);
    }

    /** Each distinct user and group a binding is for. */
    private static void subjects(
            BoundRole bound, BiConsumer<String, BoundRole> user, BiConsumer<String, BoundRole> group) {
        Set<String> users = new HashSet<>();
        Set<String> groups = new HashSet<>();
        Binding binding = bound.binding();
        for (Subject subject : binding.subjects()) {
            switch (subject.kind()) {
                case Subject.USER -> users.add(subject.name());
                case Subject.GROUP -> groups.add(subject.name());
                case Subject.SERVICE_ACCOUNT ->
                    BoundRole.serviceAccountUser(subject, binding.namespace()).ifPresent(users::add);
                default -> {}
            }
        }
        users.forEach(name -> user.accept(name, bound));
        groups.forEach(name -> group.accept(name, bound));
    }

    /** The two maps while one binding is changed. */
    private static final class Changed {
        private StringMap<Grants> users;
        private StringMap<Grants> groups;

        Changed(StringMap<Grants> users, StringMap<Grants> groups) {
            this.users = users;
            this.groups = groups;
        }

        void addUser(String name, BoundRole bound) {
            users = plus(users, name, bound);
        }

        void addGroup(String name, BoundRole bound) {
            groups = plus(groups, name, bound);
        }

        void removeUser(String name, BoundRole bound) {
            users = minus(users, name, bound);
        }

        void removeGroup(String name, BoundRole bound) {
            groups = minus(groups, name, bound);
        }

        private static StringMap<Grants> plus(StringMap<Grants> all, String name, BoundRole bound) {
            Grants before = all.get(name);
            return all.with(name, (before == null ? Grants.EMPTY : before).plus(bound));
        }

        private static StringMap<Grants> minus(StringMap<Grants> all, String name, BoundRole bound) {
            Grants left = all.get(name).minus(bound);
            return all.with(name, left.isEmpty() ? null : left);
        }
    }
}

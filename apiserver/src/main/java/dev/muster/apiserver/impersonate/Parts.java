package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.Status;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the caller may act as each part of a wish: one permission for the name, one for the uid, one for each group, one for each
 * value of each extra key. The first that is refused is the answer.
 */
final class Parts {

    private static final String AUTHENTICATION = "authentication.k8s.io";

    /** From so many on one question for all of them comes first. */
    private static final int MANY = 4;

    private final User caller;
    private final String verb;
    private final boolean constrained;
    private final Asking asking;

    Parts(User caller, String verb, boolean constrained, Asking asking) {
        this.caller = caller;
        this.verb = verb;
        this.constrained = constrained;
        this.asking = asking;
    }

    /** Kubernetes' newer order. */
    Optional<Status> refusedOf(Wish wish) {
        return name(wish.name())
                .or(() -> uid(wish.uid()))
                .or(() -> groups(wish.groups()))
                .or(() -> extra(wish.extra()));
    }

    /** The order of the filter before constrained impersonation. */
    Optional<Status> refusedInOldOrder(Wish wish) {
        return name(wish.name())
                .or(() -> groups(wish.groups()))
                .or(() -> extra(wish.extra()))
                .or(() -> uid(wish.uid()));
    }

    private Optional<Status> name(String name) {
        var node = constrained ? Usernames.node(name) : Optional.<String>empty();
        if (node.isPresent()) {
            return asking.ask(of(namesGroup(), "", "nodes", "", node.get()));
        }
        return asking.ask(Usernames.account(name)
                .map(account -> of(namesGroup(), account.namespace(), "serviceaccounts", "", account.name()))
                .orElseGet(() -> of(namesGroup(), "", "users", "", name)));
    }

    private Optional<Status> uid(String uid) {
        return uid.isEmpty() ? Optional.empty() : asking.ask(of(AUTHENTICATION, "", "uids", "", uid));
    }

    private Optional<Status> groups(List<String> groups) {
        if (constrained && groups.contains("")) {
            return asking.refuse(group(""), "impersonating the empty string group is not allowed");
        }
        if (constrained && groups.contains(User.MASTERS)) {
            return asking.refuse(group(User.MASTERS), "impersonating the system:masters group is not allowed");
        }
        if (constrained && groups.size() >= MANY && asking.ask(group("*")).isEmpty()) {
            return Optional.empty();
        }
        return first(groups, group -> asking.ask(group(group)));
    }

    private ResourceAttributes group(String name) {
        return of(namesGroup(), "", "groups", "", name);
    }

    private Optional<Status> extra(Map<String, List<String>> extra) {
        if (extra.isEmpty()) {
            return Optional.empty();
        }
        if (constrained) {
            var problem = ExtraKeys.problem(extra);
            if (problem.isPresent()) {
                return asking.refuse(value("", ""), problem.get());
            }
            if (isLarge(extra) && asking.ask(value("*", "*")).isEmpty()) {
                return Optional.empty();
            }
        }
        return first(
                List.copyOf(extra.entrySet()),
                one -> first(one.getValue(), value -> asking.ask(value(one.getKey(), value))));
    }

    private static boolean isLarge(Map<String, List<String>> extra) {
        return extra.size() >= MANY
                || extra.values().stream().mapToInt(List::size).sum() >= MANY;
    }

    private ResourceAttributes value(String key, String value) {
        return of(AUTHENTICATION, "", "userextras", key, value);
    }

    private String namesGroup() {
        return constrained ? AUTHENTICATION : "";
    }

    private ResourceAttributes of(String group, String namespace, String resource, String subresource, String name) {
        return new ResourceAttributes(
                caller, verb, namespace, group, "v1", resource, subresource, name, "", Optional.empty());
    }

    @FunctionalInterface
    private interface Ask<T> {
        Optional<Status> of(T item);
    }

    private static <T> Optional<Status> first(List<T> items, Ask<T> ask) {
        for (T item : items) {
            var refused = ask.of(item);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }
}

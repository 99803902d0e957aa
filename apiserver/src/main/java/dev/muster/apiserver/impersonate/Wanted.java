package dev.muster.apiserver.impersonate;

import dev.muster.core.identity.NodeIdentity;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;

/** The user that an allowed wish becomes: what was asked for, and the groups that everybody of that sort is in. */
final class Wanted {

    private Wanted() {}

    /** @param constrained whether nodes have their group by themselves, as they do in the newer modes */
    static User of(Wish wish, boolean constrained) {
        var groups = new ArrayList<>(groups(wish, constrained));
        if (wish.name().equals(User.ANONYMOUS)) {
            ensure(groups, User.UNAUTHENTICATED);
        } else if (!groups.contains(User.UNAUTHENTICATED)) {
            ensure(groups, User.AUTHENTICATED);
        }
        return new User(wish.name(), wish.uid(), groups, wish.extra());
    }

    private static List<String> groups(Wish wish, boolean constrained) {
        if (!wish.groups().isEmpty()) {
            return wish.groups();
        }
        if (constrained && Usernames.node(wish.name()).isPresent()) {
            return List.of(NodeIdentity.GROUP);
        }
        return Usernames.account(wish.name()).map(account -> account.groups()).orElse(List.of());
    }

    private static void ensure(List<String> groups, String group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
    }
}

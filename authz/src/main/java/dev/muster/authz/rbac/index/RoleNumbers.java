package dev.muster.authz.rbac.index;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Gives roles numbers, and takes a number back when nothing refers to it any more. For one thread at a time. */
final class RoleNumbers {

    private final Map<RoleName, Use> uses = new HashMap<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private int next;

    /** Another reference: a binding's, or the role's own existence. */
    int retain(RoleName name) {
        Use use = uses.computeIfAbsent(name, n -> new Use(free.isEmpty() ? next++ : free.pop()));
        use.references++;
        return use.number;
    }

    /** One reference less. */
    void release(RoleName name) {
        Use use = uses.get(name);
        if (--use.references == 0) {
            uses.remove(name);
            free.push(use.number);
        }
    }

    private static final class Use {
        private final int number;
        private int references;

        Use(int number) {
            this.number = number;
        }
    }
}

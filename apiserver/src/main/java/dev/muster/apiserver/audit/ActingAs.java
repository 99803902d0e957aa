package dev.muster.apiserver.audit;

import dev.muster.core.identity.User;

/**
 * As whom a request acts when it is not as who sent it.
 *
 * @param target null = as itself
 * @param constraint the verb of constrained impersonation that allowed it; empty = none did
 */
record ActingAs(User target, String constraint) {
    static final ActingAs SELF = new ActingAs(null, "");
}

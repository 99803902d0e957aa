package dev.muster.authn.oidc;

import dev.muster.core.identity.Reason;

/**
 * A token that must not be accepted.
 *
 * @param reason null = nobody's here
 * @param says what the operator is told, in part
 */
record Attack(String name, String token, Reason reason, String says) {
    @Override
    public String toString() {
        return name;
    }
}

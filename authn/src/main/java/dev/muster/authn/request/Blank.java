package dev.muster.authn.request;

import dev.muster.core.secret.Secret;

/** The one look at a token's text that reviewing takes. */
final class Blank {

    private Blank() {}

    /** Whether the token is empty or has white space or control characters in it. */
    static boolean isIn(Secret token) {
        return token.isEmpty()
                || token.reveal().chars().anyMatch(c -> c <= ' ' || Character.isWhitespace(c) || c == 0x7f);
    }
}

package dev.muster.authn.cel;

/** An expression that cannot be configured; the message says why, in the words of Kubernetes where it refuses it too. */
public final class RefusedExpression extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedExpression(String message) {
        super(message, null, false, false);
    }
}

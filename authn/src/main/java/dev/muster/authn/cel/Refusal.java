package dev.muster.authn.cel;

/** A function of ours does not take its argument; the message does not quote it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message, null, false, false);
    }
}

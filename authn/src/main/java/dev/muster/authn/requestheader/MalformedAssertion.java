package dev.muster.authn.requestheader;

/** A proxy's headers that cannot be taken at their word; the message names the header, never its value. */
final class MalformedAssertion extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAssertion(String message) {
        super(message, null, false, false);
    }
}

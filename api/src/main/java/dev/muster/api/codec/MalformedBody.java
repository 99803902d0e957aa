package dev.muster.api.codec;

/** A body that cannot be read at all; the message is fit for the client and quotes nothing secret. */
public final class MalformedBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBody(String message) {
        super(message, null, false, false);
    }
}

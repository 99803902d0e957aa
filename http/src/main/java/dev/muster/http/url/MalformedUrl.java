package dev.muster.http.url;

/** Text that is no URL; the message is Go's. */
public final class MalformedUrl extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedUrl(String message) {
        super(message, null, false, false);
    }
}

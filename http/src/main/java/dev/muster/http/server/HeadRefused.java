package dev.muster.http.server;

/** A request head that is not served, with the status that says so. */
final class HeadRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    HeadRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}

package dev.muster.http.call;

import java.io.IOException;
import java.net.URI;

/** A call without an answer that can be used. The message says where, and what went wrong, in one sentence for operators. */
public final class CallFailed extends IOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong: closed, so that it is safe for metrics. */
    public enum Kind {
        /** The URL cannot be called: no https, no host. */
        URL,
        /** There is no such name. */
        NAME,
        /** Nobody answers there. */
        CONNECT,
        /** The server is not who it should be, or does not speak TLS as we do. */
        TLS,
        TIMEOUT,
        /** More than was wanted. */
        TOO_LARGE,
        REDIRECT,
        PROXY,
        /** The connection broke off, or what came was no HTTP. */
        PROTOCOL
    }

    private final Kind kind;

    CallFailed(Kind kind, URI uri, String what) {
        super(plain(uri) + ": " + what, null);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Without user, query and fragment. */
    static String plain(URI uri) {
        String authority = uri.getHost() == null ? "" : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return uri.getScheme() + "://" + authority + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}

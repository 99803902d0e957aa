package dev.muster.http.server;

import io.netty.buffer.ByteBuf;

/**
 * Reads the bytes of an HTTP/1 request head as RFC 9112 spells it and refuses whatever two parsers could read differently: a bare
 * CR or LF (section 2.2), a folded line (5.2), blanks around a name (5.1), more than single spaces in the request line (3), control
 * characters. A head is measured as HTTP/2 does (RFC 9113 section 6.5.2): 32 bytes per field beside its own.
 */
final class HeadInspector {

    private static final int FIELD_OVERHEAD = 32;
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private enum At {
        START,
        START_LF,
        REQUEST_LINE,
        REQUEST_LINE_LF,
        LINE_START,
        NAME,
        VALUE,
        VALUE_LF,
        LAST_LF,
        DONE
    }

    private final Limits limits;
    private At at = At.START;
    private int spaces;
    private int lineLength;
    private boolean afterSpace;
    private int size;
    private int emptyLines;
    private final StringBuilder version = new StringBuilder(VERSION_LENGTH);
    private HeadRefused refusal;

    HeadInspector(Limits limits) {
        this.limits = limits;
    }

    /** For the next request of the connection. */
    void reset() {
        at = At.START;
        spaces = 0;
        lineLength = 0;
        afterSpace = false;
        size = 0;
        emptyLines = 0;
        version.setLength(0);
        refusal = null;
    }

    /** Whether the empty line at the end has been seen. */
    boolean complete() {
        return at == At.DONE;
    }

    /** Why the head is refused; null while it is not. */
    HeadRefused refusal() {
        return refusal;
    }

    /** Looks at bytes not seen before; answers where it stopped: behind the head, or at the end of what there is. */
    int inspect(ByteBuf buffer, int from, int to) {
        int i = from;
        while (i < to && at != At.DONE && refusal == null) {
            step(buffer.getByte(i++) & 0xff);
        }
        return i;
    }

    private void step(int b) {
        switch (at) {
            case START -> start(b);
            case START_LF -> lf(b, At.START);
            case REQUEST_LINE -> requestLine(b);
            case REQUEST_LINE_LF, VALUE_LF -> lf(b, At.LINE_START);
            case LINE_START -> lineStart(b);
            case NAME -> name(b);
            case VALUE -> value(b);
            case LAST_LF -> lf(b, At.DONE);
            case DONE -> throw new IllegalStateException("the head is complete");
        }
    }

    private void start(int b) {
        if (b == '\r' && emptyLines++ == 0) {
            at = At.START_LF;
        } else if (token(b)) {
            at = At.REQUEST_LINE;
            lineLength = 1;
        } else {
            refuse("malformed request line");
        }
    }

    private void requestLine(int b) {
        if (++lineLength > limits.requestLine()) {
            refusal = new HeadRefused(414, "request line too long");
        } else if (b == '\r') {
            at = At.REQUEST_LINE_LF;
            version();
        } else if (b == ' ') {
            spaces++;
            if (afterSpace || spaces > 2) {
                refuse("malformed request line");
            }
            afterSpace = true;
        } else if (spaces == 0 ? token(b) : b > ' ' && b < 0x7f) {
            afterSpace = false;
            if (spaces == 2 && version.length() <= VERSION_LENGTH) {
                version.append((char) b);
            }
        } else {
            refuse("malformed request line");
        }
    }

    private void version() {
        boolean form = version.length() == VERSION_LENGTH
                && version.indexOf("HTTP/") == 0
                && digit(version.charAt(5))
                && version.charAt(6) == '.'
                && digit(version.charAt(7));
        if (!form) {
            refuse("malformed request line");
        } else if (version.charAt(5) != '1' || version.charAt(7) > '1') {
            refusal = new HeadRefused(505, "unsupported protocol version");
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private void lineStart(int b) {
        if (b == '\r') {
            at = At.LAST_LF;
        } else if (b == ' ' || b == '\t') {
            refuse("folded header line");
        } else if (token(b)) {
            at = At.NAME;
            count(1 + FIELD_OVERHEAD);
        } else {
            refuse("malformed header name");
        }
    }

    private void name(int b) {
        count(1);
        if (b == ':') {
            at = At.VALUE;
        } else if (!token(b)) {
            refuse("malformed header name");
        }
    }

    private void value(int b) {
        count(1);
        if (b == '\r') {
            at = At.VALUE_LF;
        } else if (b < ' ' && b != '\t' || b == 0x7f) {
            refuse("malformed header value");
        }
    }

    private void lf(int b, At next) {
        if (b == '\n') {
            at = next;
        } else {
            refuse("line not ended by CR LF");
        }
    }

    private void count(int bytes) {
        size += bytes;
        if (size > limits.head() && refusal == null) {
            refusal = new HeadRefused(431, "request header fields too large");
        }
    }

    private void refuse(String why) {
        if (refusal == null) {
            refusal = new HeadRefused(400, why);
        }
    }

    /** RFC 9110 section 5.6.2. */
    static boolean token(int b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b > ' ' && b < 0x7f && "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
    }
}

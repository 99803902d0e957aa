package dev.muster.http.server;

/**
 * How much of a thing one connection may have.
 *
 * @param requestLine longest HTTP/1 request line, bytes
 * @param head longest request head: all header names and values together, bytes. Go's 1 MiB is generous to strangers; 256 KiB
 *     holds a token of 64 KiB beside several thousand {@code Impersonate-Group} lines
 * @param streams concurrent HTTP/2 streams; Kubernetes' {@code --http2-max-streams-per-connection} is 250
 * @param resets HTTP/2 streams reset, by either side, per {@link #RESET_WINDOW_SECONDS}
 * @param continuations HTTP/2 CONTINUATION frames of one head that are not full
 */
public record Limits(int requestLine, int head, int streams, int resets, int continuations) {

    /** The time over which resets are counted. */
    public static final int RESET_WINDOW_SECONDS = 30;

    public static final Limits DEFAULT = new Limits(64 << 10, 256 << 10, 250, 400, 16);

    public Limits {
        if (requestLine < 1024 || head < 1024 || streams < 1 || resets < 1 || continuations < 1) {
            throw new IllegalArgumentException("limits too small to serve anything");
        }
    }

    /** The same with another number of concurrent streams. */
    public Limits withStreams(int newStreams) {
        return new Limits(requestLine, head, newStreams, resets, continuations);
    }
}

package dev.muster.http.serve;

/** A response that goes on. Methods may be called from any thread and do not block. */
public interface Stream {

    /** Queues bytes in order. After the client has gone this does nothing. */
    void write(byte[] bytes);

    /** What is queued and not yet on the wire; the writer decides when a reader is too slow. */
    long queued();

    /** Ends the response properly. */
    void end();

    /** Breaks it off, so that the client knows it is not whole. */
    void reset();
}

package dev.muster.http.serve;

/** Where work runs. */
public enum Lane {
    /** A virtual thread: for work that waits. */
    BLOCKING,
    /** A small bounded pool of platform threads: for work that burns CPU or sits in native code. Full = 429. */
    CPU
}

package dev.muster.apiserver.watch;

/** What a line of a watch tells; the names as they are on the wire. */
enum EventType {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR
}

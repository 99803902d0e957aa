/**
 * Watches: a collection's changes as they happen, one JSON object per line.
 *
 * <p>A watch costs no thread. The cache tells each session of each change on its own thread; the line for a change is made once
 * for all who watch it in the same shape; time limits and bookmarks hang on the cache's progress, which it tells about once a
 * second. Only the objects that were there before ("initial events") are written by a virtual thread, as fast as the reader
 * reads.
 *
 * <p>What must stay true: every change after the starting revision is told exactly once and in order, or the watch ends; who
 * asks for {@code sendInitialEvents} gets them, and the bookmark that says they are over; an object that leaves the selector is
 * told as deleted, as it was.
 *
 * <p>What an attacker would try: open a watch and never read, so that we queue for ever.
 */
package dev.muster.apiserver.watch;

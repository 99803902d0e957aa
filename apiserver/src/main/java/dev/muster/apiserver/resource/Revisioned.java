package dev.muster.apiserver.resource;

import dev.muster.core.store.Revision;
import java.time.Duration;

/** A resource whose objects can be read at some revision. */
public interface Revisioned extends Resource {

    /** Reads see at least this much. */
    Revision revision();

    /** Blocks until {@link #revision()} reaches the revision; false if the time runs out first. */
    boolean await(Revision revision, Duration atMost) throws InterruptedException;
}

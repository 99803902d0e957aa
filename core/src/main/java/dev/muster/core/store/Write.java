package dev.muster.core.store;

import java.util.Optional;

/** What became of a write. */
public sealed interface Write {

    /** Applied and durable. */
    record Done(Revision revision) implements Write {}

    /** Not applied: the key was not as expected. */
    record Conflict(Optional<Entry> actual) implements Write {}

    /** Certainly not applied: the store cannot take it (disk full, value too large, closed). */
    record Rejected(String why) implements Write {}

    /** Perhaps applied, perhaps not; reading later tells. A networked store may apply what timed out. */
    record Unknown(Throwable cause) implements Write {}
}

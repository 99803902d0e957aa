package dev.muster.core.store;

import java.util.Optional;

/**
 * One key changed.
 *
 * @param now the entry after the change; empty = deleted
 * @param before the entry before it; empty = created
 * @param revision the write that did it
 */
public record Event(Key key, Optional<Entry> now, Optional<Entry> before, Revision revision) {}

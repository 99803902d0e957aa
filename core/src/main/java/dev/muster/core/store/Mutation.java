package dev.muster.core.store;

/** One compare-and-swap write. There is no unconditional write. */
public sealed interface Mutation {

    Key key();

    /** The revision the key must have been modified at; {@link Revision#NONE} = it must be absent. */
    Revision expected();

    /** Sets the value. */
    record Put(Key key, byte[] value, Revision expected) implements Mutation {}

    /** Removes the key; expecting absence is refused as a conflict, always. */
    record Delete(Key key, Revision expected) implements Mutation {}
}

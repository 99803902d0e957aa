package dev.muster.core.store;

/**
 * A key's value at some revision. The array is shared: nobody changes it.
 *
 * @param created the write that made the key
 * @param modified the write that gave it this value
 */
public record Entry(Key key, byte[] value, Revision created, Revision modified) {}

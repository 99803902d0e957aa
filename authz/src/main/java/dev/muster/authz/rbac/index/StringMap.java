package dev.muster.authz.rbac.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An immutable map from texts, of which a changed copy shares all but one small part: readers hold a whole version, and one
 * change among a hundred thousand entries costs microseconds. The parts are hash maps and no plainer tables because whoever
 * may write bindings chooses keys: a hash map stays fast when all of them collide.
 */
final class StringMap<V> {

    private static final int PER_PART = 64;
    private static final StringMap<?> NONE = of(Map.of());

    private final Map<String, V>[] parts;
    private final int size;

    private StringMap(Map<String, V>[] parts, int size) {
        this.parts = parts;
        this.size = size;
    }

    @SuppressWarnings("unchecked")
    static <V> StringMap<V> empty() {
        return (StringMap<V>) NONE;
    }

    static <V> StringMap<V> of(Map<String, V> all) {
        // A power of two that leaves room for twice as many.
        int count = Integer.highestOneBit(all.size() / (PER_PART / 4) + 1);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, V>[] parts = new Map[count];
        Arrays.setAll(parts, part -> new HashMap<>(0));
        all.forEach((key, value) -> parts[partOf(key, count)].put(key, value));
        return new StringMap<>(parts, all.size());
    }

    int size() {
        return size;
    }

    /** Null when absent. */
    V get(String key) {
        return parts[partOf(key, parts.length)].get(key);
    }

    /** A copy in which the key has the value; null removes it. */
    StringMap<V> with(String key, V value) {
        boolean had = get(key) != null;
        if (value == null && !had) {
            return this;
        }
        int newSize = size + (value == null ? -1 : had ? 0 : 1);
        if (newSize > parts.length * PER_PART) {
            var all = new HashMap<String, V>();
            forEach(all::put);
            all.put(key, value);
            return of(all);
        }
        int at = partOf(key, parts.length);
        var changed = new HashMap<>(parts[at]);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        Map<String, V>[] copy = parts.clone();
        copy[at] = changed;
        return new StringMap<>(copy, newSize);
    }

    void forEach(BiConsumer<String, V> action) {
        for (Map<String, V> part : parts) {
            part.forEach(action);
        }
    }

    /** Other bits of the hash than those by which a hash map chooses its own place. */
    private static int partOf(String key, int count) {
        int mixed = key.hashCode() * 0x9E3779B9;
        return (mixed >>> 12) & (count - 1);
    }
}

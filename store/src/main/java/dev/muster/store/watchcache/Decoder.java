package dev.muster.store.watchcache;

import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes values, and leaves out those that cannot be. Used by the cache's thread alone. */
final class Decoder<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

    private final Function<Entry, T> decode;
    private final Set<Key> broken = new HashSet<>();
    private volatile int count;

    Decoder(Function<Entry, T> decode) {
        this.decode = decode;
    }

    Optional<Cached<T>> decode(Entry entry) {
        try {
            var cached = new Cached<>(entry.key(), decode.apply(entry), entry.modified());
            forget(entry.key());
            return Optional.of(cached);
        } catch (RuntimeException | StackOverflowError e) {
            // Only the kind of failure: its message may quote the value.
            LOG.warn(
                    "{} at revision {} cannot be decoded ({}) and is left out",
                    entry.key(),
                    entry.modified(),
                    e.getClass().getName());
            broken.add(entry.key());
            count = broken.size();
            return Optional.empty();
        }
    }

    /** The key's value is decodable, or gone. */
    void forget(Key key) {
        if (broken.remove(key)) {
            count = broken.size();
        }
    }

    void forgetAll() {
        broken.clear();
        count = 0;
    }

    /** How many present values are left out. */
    int count() {
        return count;
    }
}

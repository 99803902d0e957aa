package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Write;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single objects in the store, and the cache brought up to date after each write. */
final class Backend {

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);
    private static final Duration CATCH_UP = Duration.ofSeconds(5);

    /** What every store takes; etcd's own limit. */
    private static final int LARGEST = 3 * 512 * 1024;

    private final Store store;
    private final Cache<ApiObject> cache;
    private final ObjectCodec codec = new ObjectCodec();

    Backend(Store store, Cache<ApiObject> cache) {
        this.store = store;
        this.cache = cache;
    }

    Store store() {
        return store;
    }

    Cache<ApiObject> cache() {
        return cache;
    }

    /** What is stored now; asks the store, not the cache. */
    Optional<Cached<ApiObject>> read(Key key) {
        return store.get(key).map(entry -> {
            var known = cache.get(key);
            return known.isPresent() && known.get().revision().equals(entry.modified())
                    ? known.get()
                    : new Cached<>(key, codec.apply(entry), entry.modified());
        });
    }

    /** Stores the tree, which is taken over; empty when the key is not as expected. */
    Optional<ApiObject> put(ResourceType type, Key key, ObjectNode tree, Revision expected) {
        byte[] value = ObjectCodec.encode(tree);
        if (value.length > LARGEST) {
            throw new StatusException(RequestStatuses.bodyTooLarge(LARGEST));
        }
        return apply(type, new Mutation.Put(key, value, expected))
                .map(revision -> ObjectCodec.at(ObjectCodec.ordered(tree), revision));
    }

    /** Removes the key; false when it is not as expected. */
    boolean delete(ResourceType type, Key key, Revision expected) {
        return apply(type, new Mutation.Delete(key, expected)).isPresent();
    }

    private Optional<Revision> apply(ResourceType type, Mutation mutation) {
        return switch (store.write(mutation)) {
            case Write.Done(Revision revision) -> {
                catchUp(revision);
                yield Optional.of(revision);
            }
            case Write.Conflict _ -> Optional.empty();
            case Write.Rejected(String why) -> {
                LOG.error("the store refuses to write {}: {}", type.qualifiedName(), why);
                throw new StatusException(RequestStatuses.internalError("the store refused the write: " + why));
            }
            case Write.Unknown(Throwable cause) -> {
                LOG.error("the fate of a write to {} is not known", type.qualifiedName(), cause);
                throw new StatusException(RequestStatuses.timeout(
                        "the write may or may not have been carried out; read the object before trying again", 1));
            }
        };
    }

    /** So that whoever reads next, reads this. The write stands even if the cache is slow. */
    private void catchUp(Revision revision) {
        try {
            if (!cache.await(revision, CATCH_UP)) {
                LOG.warn("the cache has not reached revision {} within {}", revision, CATCH_UP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

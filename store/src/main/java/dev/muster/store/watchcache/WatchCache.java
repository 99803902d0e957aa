package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The cache of what lies below one prefix of a store. */
public final class WatchCache<T> implements Cache<T> {

    private final Contents<T> contents;
    private final Decoder<T> decoder;
    private final Follower<T> follower;
    private final Thread thread;

    private WatchCache(Store store, Key prefix, Function<Entry, T> decode, WatchCacheOptions options) {
        this.contents = new Contents<>(options);
        this.decoder = new Decoder<>(decode);
        this.follower = new Follower<>(store, prefix, decoder, contents, options);
        this.thread =
                Thread.ofPlatform().name("muster-cache " + prefix).daemon().unstarted(follower);
    }

    /**
     * Lists what is there, and returns when it is in; from then on follows the store.
     *
     * @param decode the decoded form of an entry; one it fails on is left out
     * @throws StoreException if the store cannot be listed, or not within the time of the options
     */
    public static <T> WatchCache<T> open(
            Store store, Key prefix, Function<Entry, T> decode, WatchCacheOptions options) {
        var cache = new WatchCache<>(store, prefix, decode, options);
        boolean opened = false;
        cache.thread.start();
        try {
            cache.follower.ready().get(options.openWithin().toNanos(), TimeUnit.NANOSECONDS);
            opened = true;
            return cache;
        } catch (TimeoutException e) {
            throw new StoreException("the store could not be listed within " + options.openWithin(), e);
        } catch (ExecutionException e) {
            throw new StoreException(
                    "the store cannot be listed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while the store was listed", e);
        } finally {
            if (!opened) {
                cache.close();
            }
        }
    }

    @Override
    public Optional<Cached<T>> get(Key key) {
        return contents.get(key);
    }

    @Override
    public Snapshot<T> list(Key prefix) {
        return contents.state().below(prefix);
    }

    @Override
    public Revision revision() {
        return contents.state().revision();
    }

    @Override
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        return contents.waiters().await(revision, atMost, this::revision);
    }

    @Override
    public Optional<Subscription> watch(Key prefix, Revision after, Listener<T> listener) {
        var subscriber = new Subscriber<>(prefix, after, listener);
        return contents.watch(subscriber) ? Optional.of(subscriber) : Optional.empty();
    }

    @Override
    public Subscription feed(Key prefix, Index<T> index) {
        return contents.feed(prefix, index);
    }

    @Override
    public Duration sinceLastHeard() {
        return follower.sinceLastHeard();
    }

    /** How many present values are left out because they cannot be decoded; anything but 0 wants an operator. */
    public int undecodable() {
        return decoder.count();
    }

    /** How many listeners there are, give or take those closed within the last second. */
    public int listeners() {
        return contents.listeners();
    }

    @Override
    public void close() {
        follower.close();
        contents.close();
    }
}

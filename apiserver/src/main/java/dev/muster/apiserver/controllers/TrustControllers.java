package dev.muster.apiserver.controllers;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.controllers.clustertrust.ClusterTrust;
import dev.muster.apiserver.controllers.clustertrust.TrustPublisher;
import dev.muster.apiserver.controllers.loop.Feed;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** What tells aggregated API servers whom to believe. */
public final class TrustControllers implements AutoCloseable {

    private final Loop loop;
    private final Subscription feed;

    private TrustControllers(Loop loop, Subscription feed) {
        this.loop = loop;
        this.feed = feed;
    }

    /** @param own what this server believes now */
    public static TrustControllers start(
            ObjectAccess access, Kinds kinds, Cache<ApiObject> cache, Supplier<ClusterTrust> own, InstantSource clock) {
        var publisher = new TrustPublisher(access, kinds, own, clock);
        var loop = new Loop("clustertrust", publisher, revision -> cache.await(revision, Duration.ofSeconds(5)), clock);
        var prefix = StorageKeys.prefix(
                        kinds.byResource("", "v1", "configmaps").orElseThrow(), TrustPublisher.NAMESPACE)
                .orElseThrow();
        var feed = cache.feed(prefix, new Feed<>(prefix, loop));
        loop.start();
        loop.add(TrustPublisher.NAME);
        return new TrustControllers(loop, feed);
    }

    /** What runs, for health and metrics. */
    public List<Loop> loops() {
        return List.of(loop);
    }

    @Override
    public void close() {
        feed.close();
        loop.close();
    }
}

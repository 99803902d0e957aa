package dev.muster.apiserver.controllers;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.controllers.bootstrapsigner.BootstrapSigner;
import dev.muster.apiserver.controllers.bootstrapsigner.Wakes;
import dev.muster.apiserver.controllers.loop.Feed;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.controllers.tokencleaner.TokenCleaner;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What goes with bootstrap tokens: the signer of cluster-info and the cleaner. */
public final class BootstrapControllers implements AutoCloseable {

    private final List<Loop> loops;
    private final List<Subscription> feeds;

    private BootstrapControllers(List<Loop> loops, List<Subscription> feeds) {
        this.loops = loops;
        this.feeds = feeds;
    }

    public static BootstrapControllers start(
            ObjectAccess access, Kinds kinds, Cache<ApiObject> cache, InstantSource clock) {
        Loop.Sight sight = revision -> cache.await(revision, Duration.ofSeconds(5));
        var signer = new Loop("bootstrapsigner", new BootstrapSigner(access, kinds, clock), sight, clock);
        var cleaner = new Loop("tokencleaner", new TokenCleaner(access, kinds, clock), sight, clock);
        var secrets = StorageKeys.prefix(kinds.byResource("", "v1", "secrets").orElseThrow(), BootstrapToken.NAMESPACE)
                .orElseThrow();
        var configMaps = StorageKeys.prefix(
                        kinds.byResource("", "v1", "configmaps").orElseThrow(), BootstrapSigner.NAMESPACE)
                .orElseThrow();
        var wakes = new Wakes(signer);
        var all = new BootstrapControllers(
                List.of(signer, cleaner),
                List.of(
                        cache.feed(secrets, wakes),
                        cache.feed(configMaps, wakes),
                        cache.feed(secrets, new Feed<>(secrets, cleaner))));
        all.loops.forEach(Loop::start);
        return all;
    }

    /** What runs, for health and metrics. */
    public List<Loop> loops() {
        return List.copyOf(loops);
    }

    @Override
    public void close() {
        feeds.forEach(Subscription::close);
        loops.forEach(Loop::close);
    }
}

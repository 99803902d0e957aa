package dev.muster.apiserver.controllers;

import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.controllers.accesstokens.Upkeep;
import dev.muster.apiserver.controllers.loop.Feed;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Subscription;
import java.time.Duration;
import java.time.InstantSource;

/** What keeps access tokens in order. */
public final class AccessTokenControllers implements AutoCloseable {

    private final Upkeep upkeep;
    private final Loop loop;
    private final Subscription feed;

    private AccessTokenControllers(Upkeep upkeep, Loop loop, Subscription feed) {
        this.upkeep = upkeep;
        this.loop = loop;
        this.feed = feed;
    }

    public static AccessTokenControllers start(
            ObjectAccess access, Kinds kinds, Cache<ApiObject> cache, InstantSource clock) {
        var type = kinds.byResource(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "accesstokens")
                .orElseThrow();
        var prefix = StorageKeys.prefix(type);
        var upkeep = new Upkeep(access, type, clock);
        var loop = new Loop("accesstokens", upkeep, revision -> cache.await(revision, Duration.ofSeconds(5)), clock);
        var feed = cache.feed(prefix, new Feed<>(prefix, loop));
        loop.start();
        return new AccessTokenControllers(upkeep, loop, feed);
    }

    /** A token was used: it will be written down. Does not wait. */
    public void used(String name) {
        upkeep.used(name);
        loop.add(name);
    }

    /** What runs, for health and metrics. */
    public Loop loop() {
        return loop;
    }

    @Override
    public void close() {
        feed.close();
        loop.close();
    }
}

package dev.muster.apiserver.controllers;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.apiserver.controllers.csrapproving.Approving;
import dev.muster.apiserver.controllers.csrcleaner.Cleaning;
import dev.muster.apiserver.controllers.csrsigning.Signer;
import dev.muster.apiserver.controllers.csrsigning.Signing;
import dev.muster.apiserver.controllers.events.EventExpiry;
import dev.muster.apiserver.controllers.loop.Feed;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.controllers.namespaces.NamespaceRemoval;
import dev.muster.apiserver.controllers.revocations.RevocationExpiry;
import dev.muster.apiserver.controllers.systemnamespaces.SystemNamespaces;
import dev.muster.apiserver.stored.ApiResources;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.access.Authorizer;
import dev.muster.core.certificate.RevokedKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** All controllers, started together. */
public final class Controllers implements AutoCloseable {

    private final List<Loop> loops = new ArrayList<>();
    private final List<Subscription> feeds = new ArrayList<>();

    private Controllers() {}

    /** Makes what the API needs to begin with (blocks until it is there), and starts the rest. */
    public static Controllers start(ApiResources api, Kinds kinds, Cache<ApiObject> cache, InstantSource clock) {
        var all = new Controllers();
        var access = api.access();
        Loop.Sight sight = revision -> cache.await(revision, Duration.ofSeconds(5));
        var systemNamespaces = new SystemNamespaces(access, kinds);
        systemNamespaces.ensure();
        var namespaces =
                StorageKeys.prefix(kinds.byResource("", "v1", "namespaces").orElseThrow());
        var remaking = all.loop(new Loop("systemnamespaces", systemNamespaces, sight, clock));
        all.feeds.add(cache.feed(namespaces, new Feed<>(namespaces, remaking)));
        var removal =
                all.loop(new Loop("namespaces", new NamespaceRemoval(access, kinds, api::removing), sight, clock));
        all.feeds.add(cache.feed(namespaces, new Feed<>(namespaces, removal)));
        kinds.byResource("", "v1", "events").ifPresent(events -> {
            var expiry = new EventExpiry(access, events, clock);
            all.feeds.add(cache.feed(StorageKeys.prefix(events), expiry));
            all.loop(new Loop("events", expiry, sight, clock)).add("all");
        });
        kinds.byResource("identity.muster.dev", "v1alpha1", "revocations").ifPresent(revocations -> {
            var prefix = StorageKeys.prefix(revocations);
            var expiry =
                    all.loop(new Loop("revocations", new RevocationExpiry(access, revocations, clock), sight, clock));
            all.feeds.add(cache.feed(prefix, new Feed<>(prefix, expiry)));
        });
        all.loops.forEach(Loop::start);
        return all;
    }

    /** Starts what approves, signs and cleans up signing requests. */
    public void certificates(ApiResources api, Kinds kinds, Cache<ApiObject> cache, Certification by) {
        var type = kinds.byResource(SigningRequest.GROUP, "v1", SigningRequest.PLURAL)
                .orElseThrow();
        var requests = StorageKeys.prefix(type);
        Loop.Sight sight = revision -> cache.await(revision, Duration.ofSeconds(5));
        var reconcilers = new LinkedHashMap<String, Reconciler>();
        reconcilers.put("csrapproving", new Approving(api.access(), type, by.authorizer(), by.revoked()));
        reconcilers.put("csrsigning", new Signing(api.access(), type, by.signer(), by.revoked()));
        reconcilers.put("csrcleaner", new Cleaning(api.access(), type, by.clock()));
        reconcilers.forEach((name, reconciler) -> {
            var loop = loop(new Loop(name, reconciler, sight, by.clock()));
            feeds.add(cache.feed(requests, new Feed<>(requests, loop)));
            loop.start();
        });
    }

    /**
     * By whom certificates come about.
     *
     * @param signer of Kubernetes' own signer names
     * @param authorizer says whose requests need nobody's judgement
     * @param revoked keys that are not certified again
     */
    public record Certification(Signer signer, Authorizer authorizer, RevokedKeys revoked, InstantSource clock) {}

    private Loop loop(Loop loop) {
        loops.add(loop);
        return loop;
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

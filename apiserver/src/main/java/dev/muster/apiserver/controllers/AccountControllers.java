package dev.muster.apiserver.controllers;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.controllers.accounttokens.AccountSecrets;
import dev.muster.apiserver.controllers.accounttokens.TokenSecrets;
import dev.muster.apiserver.controllers.defaultaccounts.DefaultAccounts;
import dev.muster.apiserver.controllers.legacytokens.UnusedTokens;
import dev.muster.apiserver.controllers.legacytokens.UseTracking;
import dev.muster.apiserver.controllers.loop.Feed;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.controllers.rootca.RootCaPublisher;
import dev.muster.apiserver.controllers.tokenuse.LastUse;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What goes with service accounts: one in each namespace, the CA beside it, tokens in secrets. */
public final class AccountControllers implements AutoCloseable {

    private final Cache<ApiObject> cache;
    private final Kinds kinds;
    private final InstantSource clock;
    private final List<Loop> loops = new ArrayList<>();
    private final List<Subscription> feeds = new ArrayList<>();
    private final Loop lastUse;

    /**
     * What they are told.
     *
     * @param caPem by what pods know this server
     * @param automaticSecrets whether every account gets a secret with a token
     * @param cleanUpPeriod after how long such a token that nobody uses is taken back
     */
    public record Settings(AccountTokenIssuer issuer, String caPem, boolean automaticSecrets, Duration cleanUpPeriod) {}

    private AccountControllers(ObjectAccess access, Kinds kinds, Cache<ApiObject> cache, InstantSource clock) {
        this.cache = cache;
        this.kinds = kinds;
        this.clock = clock;
        this.lastUse = loop("tokenuse", new LastUse(access, kinds, clock));
    }

    public static AccountControllers start(
            ObjectAccess access, Kinds kinds, Cache<ApiObject> cache, InstantSource clock, Settings settings) {
        var all = new AccountControllers(access, kinds, cache, clock);
        var defaults = all.loop("defaultaccounts", new DefaultAccounts(access, kinds));
        all.feed("namespaces", defaults);
        all.feed("serviceaccounts", defaults);
        var rootCa = all.loop("rootca", new RootCaPublisher(access, kinds, settings.caPem()));
        all.feed("namespaces", rootCa);
        all.feed("configmaps", rootCa);
        var tokens = all.loop("tokensecrets", new TokenSecrets(access, kinds, settings.issuer(), settings.caPem()));
        all.feed("secrets", tokens);
        all.feed(
                "serviceaccounts",
                all.loop(
                        "accountsecrets", new AccountSecrets(access, kinds, tokens::add, settings.automaticSecrets())));
        var tracking = all.loop("legacytokentracking", new UseTracking(access, kinds, clock));
        all.feed("configmaps", tracking);
        tracking.add(UseTracking.KEY);
        all.loop("legacytokens", new UnusedTokens(access, kinds, clock, settings.cleanUpPeriod()))
                .add("all");
        all.loops.forEach(Loop::start);
        return all;
    }

    /** Has it noted that the token in a secret was used. Does not block. */
    public void used(String namespace, String secret) {
        lastUse.add(namespace + "/" + secret);
    }

    private Loop loop(String name, Reconciler reconciler) {
        var loop = new Loop(name, reconciler, revision -> cache.await(revision, Duration.ofSeconds(5)), clock);
        loops.add(loop);
        return loop;
    }

    private void feed(String plural, Loop loop) {
        var prefix = StorageKeys.prefix(kinds.byResource("", "v1", plural).orElseThrow());
        feeds.add(cache.feed(prefix, new Feed<>(prefix, loop)));
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

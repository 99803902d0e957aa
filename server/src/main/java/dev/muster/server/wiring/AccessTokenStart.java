package dev.muster.server.wiring;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.accesstoken.AccessTokenResource;
import dev.muster.apiserver.controllers.AccessTokenControllers;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.resource.Resource;
import dev.muster.authn.accesstoken.AccessTokens;
import dev.muster.core.access.Authorizer;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.store.Cache;
import dev.muster.server.config.ApiserverOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Tokens that people make for their programs: who judges them, how they are made, and what keeps them in order. */
final class AccessTokenStart implements AccessTokens.Use {

    private final AccessTokens tokens;
    private volatile AccessTokenControllers controllers;

    AccessTokenStart(Audiences own, Cache<ApiObject> cache, InstantSource clock) {
        this.tokens = new AccessTokens(own, clock, this);
        cache.feed(AccessTokens.PREFIX, tokens);
    }

    @Override
    public void used(String name) {
        var running = controllers;
        if (running != null) {
            running.used(name);
        }
    }

    /** The others, and this. */
    List<TokenAuthenticator> after(List<TokenAuthenticator> others) {
        var named = Named.ofTokens("access tokens", "the token does not look like one", tokens);
        return Stream.concat(others.stream(), Stream.of(named)).toList();
    }

    boolean isGone(Accepted who) {
        return tokens.isGone(who);
    }

    /** The resource as callers see it, in place of the one that keeps the objects. */
    static Resource resource(
            Resource stored,
            Authorizer authorizer,
            ApiserverOptions.Authentication options,
            InstantSource clock,
            SecureRandom random) {
        return AccessTokenResource.isFor(stored)
                ? AccessTokenResource.of(
                        stored, authorizer, new AccessTokenResource.Policy(options.longestAccessToken(), clock, random))
                : stored;
    }

    Loop begin(Api api, Storage storage, InstantSource clock, Closing closing) {
        var started = closing.add(
                "access token controllers",
                AccessTokenControllers.start(api.stored().access(), api.kinds(), storage.cache(), clock));
        controllers = started;
        return started.loop();
    }
}

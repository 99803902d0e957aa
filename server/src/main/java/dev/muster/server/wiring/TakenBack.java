package dev.muster.server.wiring;

import dev.muster.api.meta.ApiObject;
import dev.muster.authn.revocable.Heartbeat;
import dev.muster.authn.revocable.LiveCredentials;
import dev.muster.authn.revocable.Revocable;
import dev.muster.authn.revocable.Revocations;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.store.Cache;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What credentials were taken back.
 *
 * @param revocations the index itself
 * @param revocable asked of everybody who was accepted
 * @param live ends what still runs on them
 */
record TakenBack(Revocations revocations, Revocable revocable, LiveCredentials live) {

    /**
     * @param heartbeat how long the store may be silent before nobody is vouched for
     * @param own the authority of break-glass certificates
     * @param gone whether somebody was let in by what is no more
     */
    static TakenBack open(
            Duration heartbeat,
            X509Certificate own,
            Cache<ApiObject> cache,
            Predicate<Accepted> gone,
            InstantSource clock,
            ScheduledExecutorService timer) {
        var revocations = new Revocations();
        var live = new LiveCredentials(revocations, gone, clock);
        cache.feed(Revocations.PREFIX, revocations);
        timer.scheduleWithFixedDelay(live::sweep, 1, 1, TimeUnit.SECONDS);
        return new TakenBack(
                revocations,
                new Revocable(revocations, new Heartbeat(cache::sinceLastHeard, heartbeat, own.getPublicKey())),
                live);
    }
}

package dev.muster.authn.oidc;

import dev.muster.crypto.jose.PublishedKeys;
import dev.muster.http.call.CallFailed;
import dev.muster.http.call.HttpsClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys of one issuer: fetched in the background until they are there, read again every few minutes, and at once when a token names
 * one that is not known, within bounds. Never more than one fetch at a time. Keys once read go on while the issuer is down, for a day.
 */
final class IssuerKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** Somebody who waits may have the issuer asked again this soon after a failure. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(2);

    /** So many may wait for keys that strangers, too, have asked for. */
    private static final int MOST_WAITING = 512;

    private static final Duration DISCOVERED = Duration.ofHours(1);

    /** Keys that could not be read again for so long prove nothing any more. */
    private static final Duration STALE = Duration.ofDays(1);

    private final IssuerSettings settings;
    private final Outside outside;
    private final HttpsClient client;
    private final IssuerDocuments documents;
    private final Asking asking = new Asking();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Future<?> ticking;
    private volatile Optional<Known> known = Optional.empty();
    private volatile Optional<Trouble> trouble = Optional.empty();
    private volatile Instant due = Instant.MIN;
    private CompletableFuture<Void> flight = CompletableFuture.completedFuture(null);
    private boolean closed;

    /**
     * @param discovered when {@code at} was read from the discovery document
     */
    record Known(PublishedKeys keys, String hash, URI at, Instant discovered, Instant fetched) {}

    /** Why the last attempt failed. */
    record Trouble(String what, Instant when) {}

    IssuerKeys(IssuerSettings settings, Outside outside) {
        this.settings = settings;
        this.outside = outside;
        this.client = outside.clients().apply(settings.authorities());
        this.documents = new IssuerDocuments(settings, client);
        this.ticking = outside.timer().scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (!outside.clock().instant().isBefore(due)) {
            begin();
        }
    }

    /** What is known, unless it is too old to prove anything. */
    Optional<Known> known() {
        var now = outside.clock().instant();
        return known.filter(keys -> now.isBefore(keys.fetched().plus(STALE)));
    }

    Optional<Trouble> trouble() {
        return trouble;
    }

    HttpsClient client() {
        return client;
    }

    /** Whether somebody without keys may wait for them, or has come too soon after a failure. */
    boolean mayWait() {
        var last = trouble;
        return isFlying()
                || last.isEmpty()
                || !outside.clock().instant().isBefore(last.get().when().plus(IMPATIENCE));
    }

    /** Whether the issuer should be asked for a key that is not among these. */
    boolean isWorthAsking(String id) {
        return asking.isWorth(id, outside.clock().instant());
    }

    /** Waits for a fetch, one that is under way or a new one. Blocks; see {@link #trouble} for how it went. */
    void await() {
        begin().join();
    }

    /**
     * Waits until the keys are newer than these, if the bounds allow it. Blocks.
     *
     * @param id which key is wanted
     */
    void awaitNewerThan(Known seen, String id) {
        CompletableFuture<Void> waitFor;
        synchronized (this) {
            if (known.orElse(seen) != seen) {
                return;
            }
            if (flight.isDone() && !asking.spend(outside.clock().instant())) {
                return;
            }
            waitFor = begin();
        }
        if (waiting.incrementAndGet() <= MOST_WAITING) {
            waitFor.join();
        }
        waiting.decrementAndGet();
        known.filter(now -> now != seen && !now.keys().ids().contains(id))
                .ifPresent(_ -> asking.notFound(id, outside.clock().instant()));
    }

    private synchronized boolean isFlying() {
        return !flight.isDone();
    }

    private synchronized CompletableFuture<Void> begin() {
        if (!flight.isDone() || closed) {
            return flight;
        }
        var fresh = new CompletableFuture<Void>();
        flight = fresh;
        try {
            outside.threads().execute(() -> {
                try {
                    fetch();
                } finally {
                    fresh.complete(null);
                }
            });
        } catch (RuntimeException refusedToRun) {
            failed("cannot be fetched now: " + refusedToRun);
            fresh.complete(null);
        }
        return fresh;
    }

    private void fetch() {
        try {
            var now = outside.clock().instant();
            var before = known.filter(
                    keys -> trouble.isEmpty() && now.isBefore(keys.discovered().plus(DISCOVERED)));
            URI at = before.isPresent() ? before.get().at() : documents.discover();
            var fetched = documents.keys(at);
            succeeded(new Known(
                    fetched.keys(),
                    fetched.hash(),
                    at,
                    before.map(Known::discovered).orElse(now),
                    now));
            due = now.plus(fetched.lifetime());
        } catch (CallFailed e) {
            failed(e.getMessage() + hint(e));
        } catch (IssuerDocuments.Unusable e) {
            failed(e.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("OpenID issuer {}: the keys cannot be read", settings.url(), bug);
            failed(bug.toString());
        }
    }

    private String hint(CallFailed failure) {
        return failure.kind() == CallFailed.Kind.TLS && settings.authorities().isEmpty()
                ? " (no CA is configured for this issuer: --oidc-ca-file, or certificateAuthority)"
                : "";
    }

    private void succeeded(Known fresh) {
        boolean changed = known.filter(old -> old.hash().equals(fresh.hash())).isEmpty();
        boolean mended = trouble.isPresent();
        known = Optional.of(fresh);
        trouble = Optional.empty();
        outside.watcher().fetched(settings.url(), true);
        if (changed || mended) {
            // None that can be used is as good as none at all.
            LOG.atLevel(fresh.keys().size() == 0 ? Level.WARN : Level.INFO)
                    .log(
                            "OpenID issuer {}: {} keys from {}{}",
                            settings.url(),
                            fresh.keys().size(),
                            fresh.at(),
                            fresh.keys().leftOut().isEmpty()
                                    ? ""
                                    : "; left out: " + fresh.keys().leftOut());
        }
    }

    private void failed(String what) {
        var now = outside.clock().instant();
        boolean said = trouble.filter(last -> last.what().equals(what)).isPresent();
        trouble = Optional.of(new Trouble(what, now));
        due = now.plus(RETRY);
        outside.watcher().fetched(settings.url(), false);
        if (!said) {
            LOG.warn(
                    "OpenID issuer {}: {}; {}",
                    settings.url(),
                    what,
                    known.isPresent() ? "the keys read before go on" : "its tokens cannot be judged yet");
        }
    }

    IssuerState state() {
        var keys = known();
        var last = trouble;
        return new IssuerState(
                settings.url(),
                keys.map(k -> k.keys().size()),
                known.map(Known::fetched),
                last.map(Trouble::when),
                last.map(Trouble::what)
                        .or(() -> keys.filter(k -> k.keys().size() == 0).map(k -> k.at() + ": no key that can be used"))
                        .or(() ->
                                keys.isEmpty() ? Optional.of("its keys have not been fetched yet") : Optional.empty()),
                known.map(Known::hash).orElse(""));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        ticking.cancel(false);
        client.close();
    }
}

package dev.muster.authn.serviceaccount;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.issuing.TokenOrder.Bound;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.VerificationKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens with an end, bound to an account and perhaps to a pod, a secret or a node. Looks up in memory; does not block. */
public final class BoundTokens implements TokenAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(BoundTokens.class);

    /** By how much clocks may differ, and how long what is being deleted may still be used. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    /** Seconds from 1970; a thousand years before the calendar's end, so that leeways can be added. */
    private static final long LATEST = Instant.MAX.getEpochSecond() - 31_556_952_000L;

    private final SignedTokens tokens;
    private final AccountObjects objects;
    private final InstantSource clock;

    /**
     * @param issuers all whose tokens are ours
     * @param own the API server's audiences
     */
    public BoundTokens(
            Supplier<VerificationKeys> keys,
            Set<String> issuers,
            Audiences own,
            AccountObjects objects,
            InstantSource clock) {
        this.tokens = new SignedTokens(keys, issuers, own);
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        return switch (tokens.read(token, wanted)) {
            case SignedTokens.Reading.Foreign _ -> Outcome.NOT_MINE;
            case SignedTokens.Reading.Bad bad -> bad.outcome();
            case SignedTokens.Reading.Good good ->
                BoundClaims.of(good.claims())
                        .map(claims -> judge(claims, good.audiences()))
                        .orElseGet(() -> Outcome.refused(
                                Reason.MALFORMED, "a token with claims missing, or that contradict each other"));
        };
    }

    private Outcome judge(BoundClaims claims, Audiences audiences) {
        Instant now = clock.instant();
        return timeliness(claims.times(), now).or(() -> bindings(claims, now)).orElseGet(() -> {
            remarkStale(claims, now);
            var times = claims.times();
            var proof = Proof.ofToken(seconds(times.issued()), seconds(times.expires()));
            return new Outcome.Accepted(user(claims), audiences, List.of(), proof);
        });
    }

    private static Optional<Outcome> timeliness(BoundClaims.Times times, Instant now) {
        if (now.minus(LEEWAY).isAfter(seconds(times.expires()))) {
            return refused(Reason.EXPIRED, "service account token has expired");
        }
        if (now.plus(LEEWAY).isBefore(seconds(times.notBefore()))) {
            return refused(Reason.NOT_YET_VALID, "service account token is not valid yet");
        }
        if (now.plus(LEEWAY).isBefore(seconds(times.issued()))) {
            return refused(Reason.NOT_YET_VALID, "service account token is issued in the future");
        }
        return Optional.empty();
    }

    private Optional<Outcome> bindings(BoundClaims claims, Instant now) {
        var id = claims.account();
        String namespace = id.namespace();
        var account = new Bound(id.name(), id.uid());
        return check("service account", objects.account(namespace, id.name()), account, now)
                .or(() -> claims.secret().flatMap(s -> check("secret", objects.secret(namespace, s.name()), s, now)))
                .or(() -> claims.pod().flatMap(p -> check("pod", objects.pod(namespace, p.name()), p, now)))
                .or(() -> claims.pod().isPresent()
                        ? Optional.empty()
                        : claims.node().flatMap(n -> check("node", objects.node(n.name()), n, now)));
    }

    private static Optional<Outcome> check(String what, Optional<ApiObject> found, Bound named, Instant now) {
        if (found.isEmpty()) {
            return refused(Reason.REVOKED, "service account token has been invalidated: the " + what + " is gone");
        }
        if (!found.get().uid().equals(named.uid())) {
            return refused(
                    Reason.REVOKED,
                    "the " + what + " UID (" + found.get().uid() + ") does not match the one the token was made for");
        }
        return isGoing(found.get(), now.minus(LEEWAY))
                ? refused(
                        Reason.REVOKED, "service account token has been invalidated: the " + what + " is being deleted")
                : Optional.empty();
    }

    private static boolean isGoing(ApiObject object, Instant since) {
        if (!object.isBeingDeleted()) {
            return false;
        }
        try {
            return Instant.parse(object.metadata().path("deletionTimestamp").asText())
                    .isBefore(since);
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static User user(BoundClaims claims) {
        var extra = new LinkedHashMap<String, List<String>>();
        claims.id().ifPresent(id -> extra.put(User.CREDENTIAL_ID, List.of("JTI=" + id)));
        claims.node().ifPresent(node -> {
            extra.put("authentication.kubernetes.io/node-name", List.of(node.name()));
            if (!node.uid().isEmpty()) {
                extra.put("authentication.kubernetes.io/node-uid", List.of(node.uid()));
            }
        });
        claims.pod().ifPresent(pod -> {
            extra.put("authentication.kubernetes.io/pod-name", List.of(pod.name()));
            extra.put("authentication.kubernetes.io/pod-uid", List.of(pod.uid()));
        });
        var account = claims.account();
        return new User(account.userName(), account.uid(), account.groups(), extra);
    }

    /** A client that does not read its token again will fail one day. */
    private static void remarkStale(BoundClaims claims, Instant now) {
        long warnAfter = claims.times().warnAfter().orElse(0);
        if (warnAfter > 0 && now.getEpochSecond() > warnAfter) {
            LOG.info(
                    "subject: {}, seconds after warning threshold: {}",
                    claims.account().userName(),
                    now.getEpochSecond() - warnAfter);
        }
    }

    /** What no calendar holds lies at its end. */
    private static Instant seconds(long epoch) {
        return Instant.ofEpochSecond(Math.clamp(epoch, -LATEST, LATEST));
    }

    private static Optional<Outcome> refused(Reason reason, String detail) {
        return Optional.of(Outcome.refused(reason, detail));
    }
}

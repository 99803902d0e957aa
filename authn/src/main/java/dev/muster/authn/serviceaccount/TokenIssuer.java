package dev.muster.authn.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.core.issuing.TokenOrder;
import dev.muster.core.issuing.TokenOrder.Bound;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.JwsSigner;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Signs tokens of service accounts, with the claims that Kubernetes puts in them. Thread-safe. */
public final class TokenIssuer implements AccountTokenIssuer {

    private final SigningKey key;
    private final String issuer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param issuer stands in every token with an end
     * @param random makes the ids of tokens; must be a secure one
     */
    public TokenIssuer(SigningKey key, String issuer, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
        this.random = random;
    }

    /** With one key for good. */
    public TokenIssuer(JwsSigner signer, String issuer, InstantSource clock, RandomGenerator random) {
        this(SigningKey.fixed(signer), issuer, clock, random);
    }

    @Override
    public Issued issue(TokenOrder order) {
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long now = at.getEpochSecond();
        String id = id();
        var claims = JsonNodeFactory.instance.objectNode();
        var audiences = claims.putArray("aud");
        order.audiences().names().forEach(audiences::add);
        claims.put("exp", now + order.life().toSeconds());
        claims.put("iat", now);
        claims.put("iss", issuer);
        claims.put("jti", id);
        var own = claims.putObject(BoundClaims.PRIVATE);
        var account = order.account();
        own.put("namespace", account.namespace());
        put(own, "node", order.binding().node());
        put(own, "pod", order.binding().pod());
        put(own, "secret", order.binding().secret());
        put(own, "serviceaccount", Optional.of(new Bound(account.name(), account.uid())));
        order.warnAfter().ifPresent(after -> own.put("warnafter", now + after.toSeconds()));
        claims.put("nbf", now);
        claims.put("sub", account.userName());
        return new Issued(sign(claims, key.until(at.plus(order.life()))), id, at);
    }

    @Override
    public Secret forSecret(AccountId account, String secretName) {
        var claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", LegacyTokens.ISSUER);
        claims.put(LegacyTokens.CLAIM + "namespace", account.namespace());
        claims.put(LegacyTokens.CLAIM + "secret.name", secretName);
        claims.put(LegacyTokens.CLAIM + "service-account.name", account.name());
        claims.put(LegacyTokens.CLAIM + "service-account.uid", account.uid());
        claims.put("sub", account.userName());
        return sign(claims, key.endless());
    }

    private static void put(ObjectNode own, String kind, Optional<Bound> bound) {
        bound.ifPresent(object -> {
            var reference = own.putObject(kind).put("name", object.name());
            if (!object.uid().isEmpty()) {
                reference.put("uid", object.uid());
            }
        });
    }

    private static Secret sign(ObjectNode claims, JwsSigner signer) {
        return Secret.of(signer.sign(Json.write(claims)));
    }

    /** A random UUID (RFC 9562 version 4). */
    private String id() {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}

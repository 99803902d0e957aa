package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that somebody else publishes as a JWK set (RFC 7517 section 5). Immutable. A key that cannot be used is left out and
 * told of; it does not spoil the others.
 */
public final class PublishedKeys {

    /** A set with more entries is no set of keys. */
    public static final int MOST = 100;

    /** So many keys are tried for a token that names none. */
    private static final int MOST_TRIED = 8;

    private static final int LONGEST_ID = 1024;

    private final Map<String, List<Key>> byId = new LinkedHashMap<>();
    private final List<Key> all = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private PublishedKeys() {}

    /**
     * One key.
     *
     * @param algorithm what its owner says it signs with; empty = whatever suits it
     */
    private record Key(PublicKey key, Optional<JwsAlgorithm> algorithm) {
        boolean signs(JwsAlgorithm wanted) {
            return algorithm.map(wanted::equals).orElseGet(() -> wanted.suits(key));
        }
    }

    /** Reads a set; it may turn out empty. */
    public static PublishedKeys parse(byte[] json) throws MalformedJws {
        if (!(StrictJson.whole(json).get("keys") instanceof List<?> entries)) {
            throw new MalformedJws("no JWK set: no array \"keys\"");
        }
        if (entries.size() > MOST) {
            throw new MalformedJws("a JWK set of more than " + MOST + " keys");
        }
        var keys = new PublishedKeys();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> jwk)) {
                throw new MalformedJws("a JWK set with something that is no key");
            }
            keys.add(jwk);
        }
        return keys;
    }

    private void add(Map<?, ?> jwk) {
        String id = jwk.get("kid") instanceof String text ? text : "";
        try {
            if (id.length() > LONGEST_ID) {
                throw new MalformedJws("an id longer than " + LONGEST_ID + " characters");
            }
            Optional<JwsAlgorithm> algorithm = Jwk.algorithm(jwk);
            var key = new Key(Jwk.publicKey(jwk), algorithm);
            if (algorithm.isPresent() && !algorithm.get().suits(key.key())) {
                throw new MalformedJws("a key that does not suit its own algorithm");
            }
            all.add(key);
            byId.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(key);
        } catch (MalformedJws e) {
            leftOut.add(e.getMessage());
        }
    }

    /**
     * Whether one of these keys signed. A key that is named is the only one tried (several may have one name); otherwise the first
     * few that suit the algorithm are.
     *
     * @param allowed which algorithms are believed at all; whoever calls has seen that the token's is one of them
     */
    public VerificationKeys.Verdict verify(
            CompactJws token, CompactJws.Header header, Set<JwsAlgorithm> allowed, Signatures signatures) {
        var algorithm = JwsAlgorithm.named(header.algorithm()).filter(allowed::contains);
        if (algorithm.isEmpty()) {
            return VerificationKeys.Verdict.BAD_SIGNATURE;
        }
        var named = header.keyId().map(id -> byId.getOrDefault(id, List.of())).orElse(all);
        if (named.isEmpty()) {
            return VerificationKeys.Verdict.NO_KEY;
        }
        int tried = 0;
        for (Key key : named) {
            if (key.signs(algorithm.get())) {
                if (verifies(key.key(), algorithm.get(), token, signatures)) {
                    return VerificationKeys.Verdict.VERIFIED;
                }
                if (++tried == MOST_TRIED) {
                    break;
                }
            }
        }
        return VerificationKeys.Verdict.BAD_SIGNATURE;
    }

    private static boolean verifies(PublicKey key, JwsAlgorithm algorithm, CompactJws token, Signatures signatures) {
        if (!algorithm.fits(token.signature())) {
            return false;
        }
        try {
            return signatures.verify(
                    algorithm.jdkName(), algorithm.parameters(), key, token.signed(), token.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** How many can be used. */
    public int size() {
        return all.size();
    }

    /** Their names, as published. */
    public Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** Why others cannot be used, one sentence each. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}

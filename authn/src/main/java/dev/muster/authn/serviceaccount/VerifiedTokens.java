package dev.muster.authn.serviceaccount;

import dev.muster.crypto.jose.VerificationKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tokens whose signature was verified lately, by their SHA-256: the same bytes under the same keys are verified once. It remembers
 * nothing but that; time, account and bindings are judged at each use. Only tokens of our own signing come in, so no stranger
 * fills it. In two generations: what is used stays, of the rest the older half goes when there is no more room.
 */
final class VerifiedTokens {

    private static final int MOST = 2048;

    private record Verified(VerificationKeys by, Map<String, Object> claims) {}

    private volatile ConcurrentMap<ByteBuffer, Verified> young = new ConcurrentHashMap<>();
    private volatile ConcurrentMap<ByteBuffer, Verified> old = new ConcurrentHashMap<>();

    /** What identifies a token here. */
    static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The claims, if exactly these keys have verified it. */
    Optional<Map<String, Object>> find(ByteBuffer digest, VerificationKeys keys) {
        var found = young.get(digest);
        if (found == null) {
            found = old.get(digest);
            if (found == null) {
                return Optional.empty();
            }
            put(digest, found);
        }
        return found.by() == keys ? Optional.of(found.claims()) : Optional.empty();
    }

    void add(ByteBuffer digest, VerificationKeys keys, Map<String, Object> claims) {
        put(digest, new Verified(keys, claims));
    }

    private void put(ByteBuffer digest, Verified verified) {
        young.put(digest, verified);
        if (young.size() > MOST) {
            age();
        }
    }

    private synchronized void age() {
        if (young.size() > MOST) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    int size() {
        return young.size() + old.size();
    }
}

package dev.muster.crypto.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under a key that is made here and never leaves: turns secrets into map keys that tell nothing of them,
 * neither to who reads memory, nor by the time of a comparison, nor by collisions that a stranger could prepare.
 */
public final class KeyedDigest {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Mac keyed;

    private KeyedDigest(Mac keyed) {
        this.keyed = keyed;
    }

    /** A digest to be used as a map key. */
    public record Key(ByteBuffer bytes) {}

    /**
     * @param random must be a secure one
     */
    public static KeyedDigest underNewKey(RandomGenerator random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new KeyedDigest(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("a JDK without HMAC-SHA-256", e);
        }
    }

    /** Of one text and, after it, a list: each with its length, so that no two inputs run together into one. */
    public Key of(String text, List<String> more) {
        var mac = fresh();
        add(mac, text);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(more.size()).flip());
        more.forEach(each -> add(mac, each));
        return new Key(ByteBuffer.wrap(mac.doFinal()));
    }

    private static void add(Mac mac, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }

    /** A copy of the keyed state is cheaper than keying again, and may be used by this thread alone. */
    private Mac fresh() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("a JDK whose HMAC-SHA-256 cannot be copied", e);
        }
    }
}

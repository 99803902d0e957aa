package dev.muster.authn.tokenfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under a key that nobody outside this process knows. */
final class Digest {

    private final Mac keyed;

    private Digest(Mac keyed) {
        this.keyed = keyed;
    }

    /** A digest as a map key. */
    record Key(ByteBuffer bytes) {}

    static Digest underNewKey(RandomGenerator random) {
        var key = new byte[32];
        random.nextBytes(key);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return new Digest(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("a JDK without HMAC-SHA-256", e);
        }
    }

    Key of(String text) {
        try {
            var own = (Mac) keyed.clone();
            return new Key(ByteBuffer.wrap(own.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("a JDK whose HMAC-SHA-256 cannot be copied", e);
        }
    }
}

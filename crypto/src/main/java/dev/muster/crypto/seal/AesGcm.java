package dev.muster.crypto.seal;

import dev.muster.core.store.Key;
import dev.muster.core.store.StoreException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@code aesgcm}: nonce of 12 bytes, ciphertext, tag of 16 bytes; the storage key is the associated data. */
final class AesGcm implements Provider {

    /** With random nonces of 96 bits the chance that two are alike must stay below 2^-32 (NIST SP 800-38D, 8.3). */
    static final long MOST_SEALS = 1L << 32;

    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final String name;
    private final byte[] prefix;
    private final SecretKeySpec secret;
    private final SecureRandom random;
    private final AtomicLong seals;

    AesGcm(String name, byte[] secret, SecureRandom random) {
        this(name, secret, random, 0);
    }

    AesGcm(String name, byte[] secret, SecureRandom random, long sealsBefore) {
        this.name = name;
        this.prefix = Provider.bytes(ENCRYPTED + "aesgcm:v1:" + name + ":");
        this.secret = new SecretKeySpec(secret, "AES");
        this.random = random;
        this.seals = new AtomicLong(sealsBefore);
    }

    @Override
    public byte[] prefix() {
        return prefix;
    }

    @Override
    public byte[] seal(Key key, byte[] plain) {
        if (seals.incrementAndGet() > MOST_SEALS) {
            throw new StoreException("the encryption key " + name + " is worn out: put a fresh key before it");
        }
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
            var sealed = new byte[NONCE + plain.length + TAG];
            System.arraycopy(nonce, 0, sealed, 0, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new StoreException("the value of " + key + " cannot be sealed with key " + name, e);
        }
    }

    @Override
    public byte[] open(Key key, byte[] stored, int offset) throws GeneralSecurityException {
        int length = stored.length - offset - NONCE;
        if (length < TAG) {
            throw new AEADBadTagException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, key, stored, offset).doFinal(stored, offset + NONCE, length);
    }

    private Cipher cipher(int mode, Key key, byte[] nonce, int offset) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(8 * TAG, nonce, offset, NONCE));
        cipher.updateAAD(Provider.bytes(key.path()));
        return cipher;
    }

    long seals() {
        return seals.get();
    }
}

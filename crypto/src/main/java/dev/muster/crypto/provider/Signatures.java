package dev.muster.crypto.provider;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes and verifies signatures with the fast provider where it is there and knows the algorithm, with the JDK otherwise. */
public final class Signatures {

    private final Supplier<Optional<Provider>> fast;

    /**
     * @param fast asked at each verification and does not block; see {@link FastProvider#ifLoaded()}
     */
    public Signatures(Supplier<Optional<Provider>> fast) {
        this.fast = fast;
    }

    /** With the JDK alone. */
    public static Signatures jdk() {
        return new Signatures(Optional::empty);
    }

    /**
     * Whether the signature is this key's over this message.
     *
     * @param algorithm as the JDK names it, for example {@code SHA256withECDSA}
     * @throws GeneralSecurityException when neither provider can judge
     */
    public boolean verify(
            String algorithm,
            Optional<AlgorithmParameterSpec> parameters,
            PublicKey key,
            byte[] message,
            byte[] signature)
            throws GeneralSecurityException {
        var provider = fast.get();
        if (provider.isPresent()) {
            try {
                return verify(Signature.getInstance(algorithm, provider.get()), parameters, key, message, signature);
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                // not one of its algorithms or keys: the JDK's turn
            }
        }
        return verify(Signature.getInstance(algorithm), parameters, key, message, signature);
    }

    /**
     * Signs.
     *
     * @param algorithm as the JDK names it
     * @throws GeneralSecurityException when neither provider can
     */
    public byte[] sign(String algorithm, PrivateKey key, byte[] message) throws GeneralSecurityException {
        var provider = fast.get();
        if (provider.isPresent()) {
            try {
                return sign(Signature.getInstance(algorithm, provider.get()), key, message);
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                // not one of its algorithms or keys: the JDK's turn
            }
        }
        return sign(Signature.getInstance(algorithm), key, message);
    }

    private static byte[] sign(Signature signer, PrivateKey key, byte[] message) throws GeneralSecurityException {
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
    }

    private static boolean verify(
            Signature verifier,
            Optional<AlgorithmParameterSpec> parameters,
            PublicKey key,
            byte[] message,
            byte[] signature)
            throws GeneralSecurityException {
        if (parameters.isPresent()) {
            verifier.setParameter(parameters.get());
        }
        verifier.initVerify(key);
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }
}

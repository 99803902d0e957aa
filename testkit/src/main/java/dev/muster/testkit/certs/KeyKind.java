package dev.muster.testkit.certs;

import dev.muster.crypto.provider.FastProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Kinds of keys that certificates are made on, and how each signs. */
public enum KeyKind {
    RSA_512("RSA", "512", "SHA256withRSA"),
    RSA_1024("RSA", "1024", "SHA256withRSA"),
    RSA_2048("RSA", "2048", "SHA256withRSA"),
    RSA_4096("RSA", "4096", "SHA384withRSA"),
    RSA_PSS("RSASSA-PSS", "2048", "SHA256withRSAandMGF1"),
    P256("EC", "secp256r1", "SHA256withECDSA"),
    P384("EC", "secp384r1", "SHA384withECDSA"),
    P521("EC", "secp521r1", "SHA512withECDSA"),
    ED25519("Ed25519", "", "Ed25519"),
    ED448("Ed448", "", "Ed448"),
    DSA("DSA", "2048", "SHA256withDSA");

    private static final Map<String, KeyPair> KEPT = new ConcurrentHashMap<>();

    private final String family;
    private final String size;
    private final String signature;

    KeyKind(String family, String size, String signature) {
        this.family = family;
        this.size = size;
        this.signature = signature;
    }

    /** The signature algorithm a certificate signed by such a key has unless told otherwise. */
    public String signature() {
        return signature;
    }

    public KeyPair newPair() {
        try {
            var generator = generator();
            if (family.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(size));
            } else if (!size.isEmpty()) {
                generator.initialize(Integer.parseInt(size));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no key of the kind " + this, e);
        }
    }

    /** Large RSA keys take the JDK seconds. */
    private KeyPairGenerator generator() throws GeneralSecurityException {
        if (!family.equals("RSA") || Integer.parseInt(size) < 1024) {
            return KeyPairGenerator.getInstance(family);
        }
        var fast = FastProvider.awaitLoaded();
        return fast.isPresent()
                ? KeyPairGenerator.getInstance(family, fast.get())
                : KeyPairGenerator.getInstance(family);
    }

    /** The same pair for the same name in all tests of a process: large RSA keys take seconds to make. */
    public KeyPair pair(String name) {
        return KEPT.computeIfAbsent(this + "/" + name, _ -> newPair());
    }
}

package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/** Key pairs of every kind that signs tokens. */
enum Keys {
    RSA("RSA", "2048", JwsAlgorithm.RS256),
    P256("EC", "secp256r1", JwsAlgorithm.ES256),
    P384("EC", "secp384r1", JwsAlgorithm.ES384),
    P521("EC", "secp521r1", JwsAlgorithm.ES512);

    final KeyPair pair;
    final JwsAlgorithm algorithm;

    Keys(String family, String size, JwsAlgorithm algorithm) {
        this.pair = pair(family, size);
        this.algorithm = algorithm;
    }

    static KeyPair pair(String family, String size) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            if (family.equals("RSA")) {
                generator.initialize(Integer.parseInt(size));
            } else {
                generator.initialize(new ECGenParameterSpec(size));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    VerificationKey publicKey() {
        return VerificationKey.of(pair.getPublic()).orElseThrow();
    }

    JwsSigner signer() {
        return new JwsSigner(publicKey(), pair.getPrivate(), Signatures.jdk());
    }

    VerificationKeys trusted() {
        return new VerificationKeys(List.of(publicKey()), Signatures.jdk());
    }
}

package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One name for one key. */
class PublicKeyHashTest {

    @Test
    void itIsTheDigestOfTheSubjectPublicKeyInfo() throws Exception {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            assertThat(PublicKeyHash.of(key)).isEqualTo(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void anRsaKeyThatCallsItselfPssIsStillThatKey() throws Exception {
        var key = (RSAPublicKey)
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
        var pss = KeyFactory.getInstance("RSASSA-PSS")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        assertThat(pss.getEncoded()).isNotEqualTo(key.getEncoded());
        assertThat(PublicKeyHash.of(pss)).isEqualTo(PublicKeyHash.of(key));
    }
}

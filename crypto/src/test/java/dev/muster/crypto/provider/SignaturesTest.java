package dev.muster.crypto.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two implementations, held one against the other. */
class SignaturesTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    /** An algorithm and the kind of key it takes. */
    record Algorithm(String name, String family, String size, Optional<AlgorithmParameterSpec> parameters) {

        static Algorithm of(String name, String family, String size) {
            return new Algorithm(name, family, size, Optional.empty());
        }
    }

    static List<Algorithm> algorithms() {
        return List.of(
                Algorithm.of("SHA256withRSA", "RSA", "2048"),
                Algorithm.of("SHA512withRSA", "RSA", "2048"),
                new Algorithm(
                        "RSASSA-PSS",
                        "RSA",
                        "2048",
                        Optional.of(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1))),
                Algorithm.of("SHA256withECDSA", "EC", "secp256r1"),
                Algorithm.of("SHA384withECDSA", "EC", "secp384r1"),
                Algorithm.of("SHA512withECDSA", "EC", "secp521r1"),
                Algorithm.of("Ed25519", "Ed25519", ""));
    }

    private static KeyPair keys(Algorithm a) throws Exception {
        var generator = KeyPairGenerator.getInstance(a.family());
        if (a.family().equals("EC")) {
            generator.initialize(new ECGenParameterSpec(a.size()));
        } else if (!a.size().isEmpty()) {
            generator.initialize(Integer.parseInt(a.size()));
        }
        return generator.generateKeyPair();
    }

    private static byte[] sign(Algorithm a, KeyPair keys) throws Exception {
        var signer = Signature.getInstance(a.name());
        if (a.parameters().isPresent()) {
            signer.setParameter(a.parameters().get());
        }
        signer.initSign(keys.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void bothProvidersAgreeOnGoodAndOnChangedSignatures(Algorithm a) throws Exception {
        assertThat(FastProvider.awaitLoaded())
                .as("the fast provider fits this machine")
                .isPresent();
        var fast = new Signatures(FastProvider::ifLoaded);
        var jdk = Signatures.jdk();
        var keys = keys(a);
        var good = sign(a, keys);
        assertThat(fast.verify(a.name(), a.parameters(), keys.getPublic(), MESSAGE, good))
                .isTrue();
        assertThat(jdk.verify(a.name(), a.parameters(), keys.getPublic(), MESSAGE, good))
                .isTrue();

        var random = new Random(3);
        for (int i = 0; i < 150; i++) {
            var changed = changed(good, random);
            assertThat(fast.verify(a.name(), a.parameters(), keys.getPublic(), MESSAGE, changed))
                    .isEqualTo(jdk.verify(a.name(), a.parameters(), keys.getPublic(), MESSAGE, changed))
                    .isFalse();
        }
    }

    private static byte[] changed(byte[] good, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> Arrays.copyOf(good, good.length + 1 + random.nextInt(8));
            default -> {
                var changed = good.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
        };
    }

    @Test
    void cve202221449SignaturesOfZeroesAreNoSignatures() throws Exception {
        FastProvider.awaitLoaded();
        var keys = keys(Algorithm.of("SHA256withECDSA", "EC", "secp256r1"));
        byte[] zeroes = {0x30, 6, 2, 1, 0, 2, 1, 0};
        for (var signatures : List.of(new Signatures(FastProvider::ifLoaded), Signatures.jdk())) {
            assertThat(signatures.verify("SHA256withECDSA", Optional.empty(), keys.getPublic(), MESSAGE, zeroes))
                    .isFalse();
        }
    }

    @Test
    void whatTheFastProviderDoesNotKnowTheJdkJudges() throws Exception {
        FastProvider.awaitLoaded();
        var keys = keys(Algorithm.of("Ed448", "Ed448", ""));
        var good = sign(Algorithm.of("Ed448", "Ed448", ""), keys);
        assertThat(new Signatures(FastProvider::ifLoaded)
                        .verify("Ed448", Optional.empty(), keys.getPublic(), MESSAGE, good))
                .isTrue();
    }
}

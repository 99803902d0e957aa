package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static final CertificateAuthority CA =
            CertificateAuthority.create("ca", Duration.ofDays(1), InstantSource.system(), new SecureRandom());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws MalformedPem {
        var john = CA.issueClient("john", List.of("admins"), Duration.ofHours(1));
        var both = List.of(john.certificate(), CA.certificate());
        assertThat(Pem.certificates(bytes(Pem.write(both)))).isEqualTo(both);
        assertThat(Pem.privateKey(bytes(john.keyPem()))).isEqualTo(john.key());
    }

    @Test
    void textBetweenBlocksAndOtherBlocksArePassedOver() throws MalformedPem {
        var file = "subject=CN = ca\n\n" + Pem.block("DH PARAMETERS", new byte[] {1}) + "  # our root\r\n"
                + Pem.write(List.of(CA.certificate())).replace("\n", "\r\n") + "the end";
        assertThat(Pem.certificates(bytes(file))).containsExactly(CA.certificate());
    }

    /** How openssl makes a key. */
    record Making(String family, String... command) {}

    static List<Making> keys() {
        return List.of(
                new Making("RSA", "openssl", "genrsa", "-traditional", "2048"),
                new Making("RSA", "openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                new Making("RSASSA-PSS", "openssl", "genpkey", "-algorithm", "RSA-PSS"),
                new Making("EC", "openssl", "ecparam", "-genkey", "-name", "prime256v1"),
                new Making("EC", "openssl", "ecparam", "-genkey", "-noout", "-name", "secp384r1"),
                new Making("EC", "openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"),
                new Making("EdDSA", "openssl", "genpkey", "-algorithm", "ED25519"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysAreReadAsOpensslWritesThem(Making c) throws Exception {
        var key = Pem.privateKey(openssl(c.command()));
        assertThat(key.getAlgorithm()).isEqualTo(c.family());
        assertThat(Pem.privateKey(bytes(Pem.write(key)))).isEqualTo(key);
    }

    private static byte[] openssl(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("openssl is needed on this machine").isZero();
        return out;
    }

    /** A file of a key, and why it cannot be used. */
    record Bad(String file, String why) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("", "no private key in it"),
                new Bad("hello", "no private key in it"),
                new Bad("-----BEGIN PRIVATE KEY-----\nAAAA\n", "line 1: a block without its end line"),
                new Bad("-----BEGIN PRIVATE KEY\nAAAA", "line 1: a begin line that breaks off"),
                new Bad("-----BEGIN -----", "line 1: a block without its end line"),
                new Bad("-----BEGIN ----", "line 1: a begin line that breaks off"),
                new Bad(
                        "-----BEGIN PRIVATE KEY-----\nA*AA\n-----END PRIVATE KEY-----",
                        "line 1: a block that is not base64"),
                new Bad(
                        "\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                        "line 2: a block with headers (an encrypted key?) cannot be read"),
                new Bad(Pem.block("ENCRYPTED PRIVATE KEY", new byte[] {1}), "an encrypted private key cannot be read"),
                new Bad(
                        Pem.block("PRIVATE KEY", new byte[] {1}),
                        "a private key that cannot be read: another element than expected"),
                new Bad(
                        Pem.block("EC PRIVATE KEY", new byte[] {0x30, 6, 2, 1, 1, 4, 1, 1}),
                        "a private key that cannot be read: an elliptic curve key that does not name its curve"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aFileThatIsNoKeyIsRefusedWithAReason(Bad c) {
        assertThatThrownBy(() -> Pem.privateKey(bytes(c.file())))
                .isInstanceOf(MalformedPem.class)
                .hasMessage(c.why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no certificate"})
    void aFileWithoutACertificateIsRefused(String file) {
        assertThatThrownBy(() -> Pem.certificates(bytes(file))).hasMessage("no certificate in it");
    }

    @Test
    void aCertificateWithBytesAfterItIsRefused() throws Exception {
        var der = CA.certificate().getEncoded();
        var longer = Arrays.copyOf(der, der.length + 1);
        assertThatThrownBy(() -> Pem.certificate(longer)).isInstanceOf(MalformedPem.class);
    }

    @Test
    void aFileBeyondTheLimitIsRefused() {
        assertThatThrownBy(() -> Pem.blocks(new byte[Pem.LARGEST + 1])).hasMessageContaining("larger than");
    }

    @Test
    void changedFilesAreReadOrRefusedAndNothingElse() {
        var random = new Random(11);
        var good = bytes(CA.certified().certificatePem() + CA.certified().keyPem());
        var messages = new ArrayList<String>();
        for (int i = 0; i < 3000 * Integer.getInteger("fuzz.times", 1); i++) {
            var changed = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : '\n');
            }
            try {
                assertThat(Pem.certificates(changed)).isNotEmpty();
                assertThat(Pem.privateKey(changed)).isNotNull();
            } catch (MalformedPem e) {
                messages.add(e.getMessage());
            }
        }
        assertThat(messages)
                .hasSizeGreaterThan(500)
                .allSatisfy(m -> assertThat(m).hasSizeLessThan(400));
    }
}

package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.Pem;
import dev.muster.it.wire.Wire.Answer;
import dev.muster.testkit.certs.CertificateCase;
import dev.muster.testkit.certs.CertificateMatrix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every odd certificate against the whole server: the handshake always completes, and the answer is a Status. */
class CertificatesOverTheWireTest {

    private static final List<CertificateCase> CASES = CertificateMatrix.cases(Instant.now()).stream()
            .filter(CertificateCase::handshake)
            .toList();

    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final byte[] REVIEW = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}"
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    record Trial(String version, CertificateCase certificate) {

        @Override
        public String toString() {
            return version + " " + certificate;
        }
    }

    /** Trusts all roots but those that another case presents as a stranger's. */
    private static WholeServer server;

    /** Trusts those alone. */
    private static WholeServer strangers;

    @BeforeAll
    static void start() throws Exception {
        var presentedInVain = CASES.stream()
                .filter(one -> one.refused().isPresent())
                .filter(one -> !one.roots().contains(one.presented().certificate()))
                .map(one -> one.presented().certificate())
                .toList();
        var roots =
                CASES.stream().flatMap(one -> one.roots().stream()).distinct().toList();
        server = trusting(
                "server",
                roots.stream().filter(root -> !presentedInVain.contains(root)).toList());
        strangers = trusting(
                "strangers", roots.stream().filter(presentedInVain::contains).toList());
    }

    private static WholeServer trusting(String name, List<X509Certificate> roots) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        Path bundle = Files.writeString(own.resolve("roots.pem"), Pem.write(roots));
        return WholeServer.start(own, "--client-ca-file=" + bundle);
    }

    private static WholeServer trusting(CertificateCase certificate) {
        var refusedElsewhere = CASES.stream()
                .filter(one -> one.refused().isPresent())
                .anyMatch(one -> certificate.refused().isEmpty()
                        && certificate.roots().contains(one.presented().certificate()));
        return refusedElsewhere ? strangers : server;
    }

    @AfterAll
    static void stop() {
        server.close();
        strangers.close();
    }

    static Stream<Trial> trials() {
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(version -> CASES.stream().map(certificate -> new Trial(version, certificate)));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aGoodOneIsSomebodyAndABadOneIsRefusedAfterTheHandshake(Trial trial) throws Exception {
        CertificateCase certificate = trial.certificate();
        try (Wire wire =
                Wire.presenting(certificate.presented(), trusting(certificate).port(), trial.version())) {
            Answer answer = ask(wire);
            if (certificate.refused().isPresent()) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(401);
                assertThat(answer.text())
                        .contains("\"kind\":\"Status\"", "\"reason\":\"Unauthorized\"")
                        .contains("\"message\":\"Unauthorized\"");
            } else {
                assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                assertThat(answer.text()).contains("\"username\":\"alice\"").contains("system:authenticated");
            }
            assertThat(ask(wire).status()).as("the same again").isEqualTo(answer.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoPresentsNothingIsAnonymous(String version) throws Exception {
        try (Wire wire = Wire.anonymous(server.port(), version)) {
            Answer answer = ask(wire);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("User \\\"system:anonymous\\\" cannot create resource");
            assertThat(wire.send("GET", "/version", List.of(), new byte[0]).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theAdministratorsOwnCertificateWorksBesideABundleOfTheUsers(String version) throws Exception {
        try (Wire wire = Wire.presenting(server.admin(), server.port(), version)) {
            assertThat(ask(wire).text()).contains("\"username\":\"kubernetes-admin\"");
        }
    }

    @Test
    void goodAndBadAreBothAmongThem() {
        assertThat(CASES).filteredOn(one -> one.refused().isPresent()).hasSizeGreaterThan(20);
        assertThat(CASES).filteredOn(one -> one.refused().isEmpty()).hasSizeGreaterThan(20);
    }

    private static Answer ask(Wire wire) throws Exception {
        return wire.send("POST", WHO, List.of("Content-Type: application/json"), REVIEW);
    }
}

package dev.muster.testkit.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.PeerChain;
import dev.muster.crypto.tls.ServerTls;
import dev.muster.crypto.tls.ServingIdentity;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import dev.muster.http.server.HttpServer;
import dev.muster.http.server.ServerConfig;
import dev.muster.http.server.TlsConfig;
import dev.muster.http.server.TlsEngine;
import dev.muster.testkit.certs.CertificateCase;
import dev.muster.testkit.certs.CertificateMatrix;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.TestCa;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every odd certificate, on real handshakes with each engine: the handshake completes and the chain arrives as presented, so that
 * an authenticator can say 401. Where BoringSSL cannot, it is asserted that it cannot: that is why it is not the default.
 */
class HandshakeMatrixTest {

    private static final String NOBODY = "nobody";
    private static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    /** Presented, and not seen by BoringSSL: their owner would be anonymous. */
    private static final Set<String> BORINGSSL_SEES_NOBODY = Set.of("key ED25519", "key RSA_PSS");

    /** Ended by BoringSSL in the handshake. */
    private static final Set<String> BORINGSSL_REFUSES = Set.of("key encipherment only");

    /** Withheld by openssl itself in TLS 1.3, since the JDK says that it does not care for such signatures. */
    private static final Set<String> OPENSSL_WITHHOLDS =
            Set.of("signed with MD5withRSA", "signed with SHA224withRSA", "signed with SHA1withRSAandMGF1");

    /** A process each, so only where clients differ. */
    private static final Set<String> FOR_OPENSSL =
            Set.of("expired", "of a stranger", "self-signed", "junk in the chain");

    private static final TestCa SERVING = TestCa.root("serving");
    private static final Map<TlsEngine, HttpServer> SERVERS = new EnumMap<>(TlsEngine.class);
    private static final List<CertificateCase> CASES = CertificateMatrix.cases(Instant.now()).stream()
            .filter(CertificateCase::handshake)
            .toList();

    record Trial(TlsEngine engine, String version, CertificateCase certificate) {
        @Override
        public String toString() {
            return engine + " " + version + " " + certificate;
        }
    }

    @BeforeAll
    static void start() {
        var now = Instant.now();
        var identity = new ServingIdentity(SERVING.issue(CertificateSpec.client("server")
                .valid(now.minusSeconds(60), now.plusSeconds(3600))
                .names(GeneralName.dNSName, "localhost")));
        var hints = CASES.stream()
                .flatMap(certificate -> certificate.roots().stream())
                .distinct()
                .toList();
        for (var engine : TlsEngine.values()) {
            var tls = ServerTls.of(() -> identity, () -> hints);
            var config = ServerConfig.of(new InetSocketAddress("127.0.0.1", 0), new TlsConfig(tls, engine));
            SERVERS.put(engine, HttpServer.start(config, HandshakeMatrixTest::tell));
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(HttpServer::close);
    }

    private static void tell(Exchange exchange) {
        var seen = exchange.peerChain().map(PeerChain::certificates).map(HandshakeMatrixTest::digests);
        exchange.respond(Response.of(200, "text/plain", seen.orElse(NOBODY).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String digests(List<X509Certificate> chain) {
        try {
            var digests = new ArrayList<String>();
            for (var certificate : chain) {
                digests.add(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()), 0, 8));
            }
            return String.join(" ", digests);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Trial> trials() {
        return Stream.of(TlsEngine.values())
                .flatMap(engine -> VERSIONS.stream()
                        .flatMap(
                                version -> CASES.stream().map(certificate -> new Trial(engine, version, certificate))));
    }

    private static String arrived(Trial trial) {
        return digests(trial.certificate().presented().chain());
    }

    private static String expectedOfEither(Trial trial) {
        String name = trial.certificate().name();
        if (trial.engine() == TlsEngine.BORINGSSL && BORINGSSL_SEES_NOBODY.contains(name)) {
            return NOBODY;
        }
        if (trial.engine() == TlsEngine.BORINGSSL && BORINGSSL_REFUSES.contains(name)) {
            return JdkClient.REFUSED;
        }
        return arrived(trial);
    }

    private static String expectedOfJdk(Trial trial) {
        boolean p521 = trial.certificate().name().equals("key P521");
        return p521 && trial.engine() == TlsEngine.BORINGSSL ? JdkClient.UNABLE : expectedOfEither(trial);
    }

    private static String expectedOfOpenssl(Trial trial) {
        boolean tls13 = trial.version().equals("TLSv1.3");
        String name = trial.certificate().name();
        if (tls13 && trial.engine() == TlsEngine.JDK && OPENSSL_WITHHOLDS.contains(name)
                || tls13 && trial.engine() == TlsEngine.BORINGSSL && name.equals("key P521")) {
            return NOBODY;
        }
        return expectedOfEither(trial);
    }

    @ParameterizedTest
    @MethodSource("trials")
    void theChainArrivesAsPresented(Trial trial) throws Exception {
        var client = new JdkClient(trial.certificate().presented(), trial.version());
        int port = SERVERS.get(trial.engine()).address().getPort();
        String expected = expectedOfJdk(trial);
        assertThat(client.ask(port)).isEqualTo(expected);
        if (expected.equals(arrived(trial))) {
            assertThat(client.ask(port)).as("resumed").isEqualTo(expected);
            assertThat(client.resumed()).as("that it was resumed").isTrue();
        }
    }

    static Stream<Trial> opensslTrials() {
        return trials().filter(trial -> {
            String name = trial.certificate().name();
            return name.startsWith("key ") || name.startsWith("signed ") || FOR_OPENSSL.contains(name);
        });
    }

    @ParameterizedTest
    @MethodSource("opensslTrials")
    void opensslSeesTheSame(Trial trial) throws Exception {
        int port = SERVERS.get(trial.engine()).address().getPort();
        assertThat(OpensslClient.ask(trial.certificate().presented(), trial.version(), port))
                .isEqualTo(expectedOfOpenssl(trial));
    }

    @org.junit.jupiter.api.Test
    void everyCaseNamedHereIsInTheMatrix() {
        var names = CASES.stream().map(CertificateCase::name).toList();
        assertThat(names)
                .contains("key P521")
                .containsAll(BORINGSSL_SEES_NOBODY)
                .containsAll(BORINGSSL_REFUSES)
                .containsAll(OPENSSL_WITHHOLDS)
                .containsAll(FOR_OPENSSL);
    }

    static Stream<TlsEngine> engines() {
        return Stream.of(TlsEngine.values());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theHintsNameTheAuthorities(TlsEngine engine) throws Exception {
        String said = OpensslClient.talk(SERVERS.get(engine).address().getPort(), List.of("-tls1_3", "-showcerts"));
        var names = CASES.stream()
                .flatMap(certificate -> certificate.roots().stream())
                .map(root -> root.getSubjectX500Principal().getName())
                .map(name -> name.replaceAll(".*CN=([^,]*).*", "$1"))
                .collect(Collectors.toSet());
        assertThat(said).contains("Acceptable client certificate CA names");
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(said).contains(name));
    }

    /** Nothing to present is nobody, not an error. */
    @ParameterizedTest
    @MethodSource("engines")
    void whoPresentsNothingIsNobody(TlsEngine engine) throws Exception {
        for (String version : VERSIONS) {
            var client = new JdkClient((CertifiedKey) null, version);
            assertThat(client.ask(SERVERS.get(engine).address().getPort())).isEqualTo(NOBODY);
        }
    }
}

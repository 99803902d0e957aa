package dev.muster.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes in memory, both versions. */
class ServerTlsTest {

    private static final InstantSource NOW = InstantSource.system();
    private static final CertificateAuthority CA = authority("ca", NOW);
    private static final CertificateAuthority STRANGER = authority("stranger", NOW);
    private static final CertifiedKey SERVING = CA.issueServing("a", List.of("localhost"), Duration.ofDays(1));

    private final AtomicReference<ServingIdentity> identity = new AtomicReference<>(new ServingIdentity(SERVING));
    private final ServerTls tls = ServerTls.of(identity::get, () -> List.of(CA.certificate(), STRANGER.certificate()));

    private static CertificateAuthority authority(String name, InstantSource clock) {
        return CertificateAuthority.create(name, Duration.ofDays(10), clock, new SecureRandom());
    }

    @ParameterizedTest
    @EnumSource
    void aGoodCertificateArrives(ServerTls.Version version) throws Exception {
        var john = CA.issueClient("john", List.of(), Duration.ofDays(1));
        assertThat(new Handshake(tls, version).by(john).presented()).containsExactly(john.certificate());
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredOneAndAStrangersAndAServersArriveTooSinceTheyAreJudgedLater(ServerTls.Version version)
            throws Exception {
        var past = authority("past", InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z")));
        for (var odd : List.of(
                past.issueClient("john", List.of(), Duration.ofDays(1)),
                authority("unknown", NOW).issueClient("john", List.of(), Duration.ofDays(1)),
                CA.issueServing("john", List.of("localhost"), Duration.ofDays(1)))) {
            assertThat(new Handshake(tls, version).by(odd).presented()).containsExactly(odd.certificate());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNeedsACertificate(ServerTls.Version version) throws Exception {
        var handshake = new Handshake(tls, version).withoutCertificate();
        assertThatThrownBy(handshake::presented).isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotHoldTheKeyDoesNotGetThrough(ServerTls.Version version) {
        var john = CA.issueClient("john", List.of(), Duration.ofDays(1));
        var mallory = CA.issueClient("mallory", List.of(), Duration.ofDays(1));
        var stolen = new CertifiedKey(john.chain(), mallory.key());
        assertThatThrownBy(() -> new Handshake(tls, version).by(stolen)).isInstanceOf(javax.net.ssl.SSLException.class);
    }

    @ParameterizedTest
    @EnumSource
    void clientsAreToldWhoseCertificatesAreAskedFor(ServerTls.Version version) throws Exception {
        var john = CA.issueClient("john", List.of(), Duration.ofDays(1));
        assertThat(new Handshake(tls, version).by(john).hints())
                .containsExactlyInAnyOrder(
                        CA.certificate().getSubjectX500Principal(),
                        STRANGER.certificate().getSubjectX500Principal());
    }

    @ParameterizedTest
    @EnumSource
    void aNewIdentityServesTheNextHandshake(ServerTls.Version version) throws Exception {
        assertThat(new Handshake(tls, version).withoutCertificate().server()).isEqualTo(SERVING.certificate());
        var fresh = CA.issueServing("b", List.of("localhost"), Duration.ofDays(1));
        identity.set(new ServingIdentity(fresh));
        assertThat(new Handshake(tls, version).withoutCertificate().server()).isEqualTo(fresh.certificate());
    }

    @Test
    void anIdentityThatWasPromisedIsKeptWhileANewOneComes() {
        var manager = tls.keyManager();
        String promised = manager.chooseEngineServerAlias("EC", null, null);
        identity.set(new ServingIdentity(CA.issueServing("b", List.of("localhost"), Duration.ofDays(1))));
        String next = manager.chooseEngineServerAlias("EC", null, null);
        assertThat(next).isNotEqualTo(promised);
        assertThat(manager.getPrivateKey(promised)).isEqualTo(SERVING.key());
        assertThat(manager.getCertificateChain(promised)).containsExactly(SERVING.certificate());
        assertThat(manager.getPrivateKey(next))
                .isEqualTo(identity.get().certified().key());
        assertThat(manager.getPrivateKey("other")).isNull();
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    @Test
    void whatLetsEveryClientThroughTrustsNoServer() {
        var any = tls.trustManager();
        var chain = new X509Certificate[] {SERVING.certificate()};
        assertThatThrownBy(() -> any.checkServerTrusted(chain, "ECDHE_ECDSA")).isInstanceOf(CertificateException.class);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        var other = CA.issueServing("b", List.of("localhost"), Duration.ofDays(1));
        assertThatThrownBy(() -> ServingIdentity.parse(
                        SERVING.certificatePem().getBytes(StandardCharsets.UTF_8),
                        other.keyPem().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPem.class)
                .hasMessage("the private key is not the first certificate's");
    }
}

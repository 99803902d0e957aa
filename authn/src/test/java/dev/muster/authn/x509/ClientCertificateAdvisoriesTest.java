package dev.muster.authn.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.ChainVerdict;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.Subjects;
import dev.muster.testkit.certs.Tampering;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has gone wrong with client certificates elsewhere, by name. */
class ClientCertificateAdvisoriesTest {

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger verified = new AtomicInteger();
    private final ClientChainVerifier verifier =
            new ClientChainVerifier(clock, new SignatureCheck(new Signatures(() -> {
                verified.incrementAndGet();
                return Optional.empty();
            })));
    private final TestCa root = TestCa.root("root");
    private final X509Authenticator authenticator = new X509Authenticator(root::bundle, verifier, clock);

    private Outcome judge(X509Certificate... chain) {
        var bundle = root.bundle();
        return AuthenticatorConformance.settled(
                new X509Authenticator(() -> bundle, verifier, clock).authenticate(Presented.certificate(chain)));
    }

    @Test
    void cve201816875AChainThatBranchesAtEveryStepIsGivenUpAfterOneHundredSignatures() {
        var keys = KeyKind.P256.pair("ring");
        var chain = new ArrayList<X509Certificate>();
        var ring = TestCa.selfSigned(CertificateSpec.authority("ring").on(keys), KeyKind.P256);
        chain.add(ring.client("alice").certificate());
        for (int i = 0; i < 40; i++) {
            chain.add(ring.issue(
                            CertificateSpec.authority("ring").on(keys).names(GeneralName.dNSName, "n" + i + ".example"))
                    .certificate());
        }
        var verdict = verifier.verify(chain, root.bundle());
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        ChainVerdict.Refused.class,
                        refused -> assertThat(refused.detail()).contains("signature check attempts limit reached"));
        assertThat(verified).hasValue(100);
    }

    @Test
    void authoritiesThatSignEachOtherAreNotGoneRoundAndRound() {
        var a = TestCa.root("a");
        var b = TestCa.root("b");
        var pairOfA = new KeyPair(a.certificate().getPublicKey(), a.certified().key());
        var pairOfB = new KeyPair(b.certificate().getPublicKey(), b.certified().key());
        var aByB = b.issue(CertificateSpec.authority("a").on(pairOfA)).certificate();
        var bByA = a.issue(CertificateSpec.authority("b").on(pairOfB)).certificate();
        assertThat(judge(a.client("alice").certificate(), aByB, bByA)).isInstanceOf(Outcome.Refused.class);
        assertThat(verified).hasValue(2);
    }

    @Test
    void aChainOfMoreCertificatesThanAnyoneNeedsIsNotLookedAt() {
        var alice = root.client("alice").certificate();
        var chain = new X509Certificate[65];
        Arrays.fill(chain, alice);
        assertThat(judge(chain)).extracting("reason").isEqualTo(Reason.MALFORMED);
        assertThat(verified).hasValue(0);
    }

    @Test
    void aLongChainIsJudgedElsewhereThanOnTheEventLoop() {
        var alice = root.client("alice").certificate();
        assertThat(authenticator.authenticate(Presented.certificate(alice))).isInstanceOf(Outcome.Accepted.class);
        assertThat(authenticator.authenticate(Presented.certificate(alice, alice, alice, alice, alice)))
                .isInstanceOf(Outcome.Elsewhere.class);
    }

    @Test
    void cve202329409RsaKeysBeyond8192BitsAreNotCalculatedWith() throws Exception {
        for (int bits : List.of(8193, 16384)) {
            var modulus = new BigInteger(bits, new Random(1)).setBit(bits - 1).setBit(0);
            var key = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
            var keys = new KeyPair(key, root.certified().key());
            var large = root.issue(CertificateSpec.client("alice").on(keys)).certificate();
            assertThat(judge(large)).extracting("reason").isEqualTo(Reason.UNTRUSTED);

            var authority = TestCa.signingAs(
                    root.issue(CertificateSpec.authority("large").on(keys)), KeyKind.P256);
            verified.set(0);
            assertThat(judge(authority.client("alice").certificate(), authority.certificate()))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(verified).hasValue(0);
        }
    }

    @Test
    void rsaExponentsAreSmall() throws Exception {
        var modulus = new BigInteger(2048, new Random(1)).setBit(2047).setBit(0);
        var key = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        modulus, BigInteger.ONE.shiftLeft(33).add(BigInteger.ONE)));
        var odd = root.issue(CertificateSpec.client("alice")
                .on(new KeyPair(key, root.certified().key())));
        assertThat(judge(odd.certificate())).extracting("reason").isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void cve202424783AnAuthorityWithAKeyOfAnUnknownKindIsPassedOver() {
        var unknown = root.issue(CertificateSpec.authority("unknown").on(KeyKind.ED448.pair("unknown")));
        var below = TestCa.signingAs(unknown, KeyKind.ED448).client("alice");
        assertThat(judge(below.certificate(), unknown.certificate()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detailForLog()).contains("unsupported public key"));
    }

    @Test
    void cve202221449ASignatureOfZeroesIsNone() {
        var alice = root.client("alice").certificate();
        assertThat(judge(Tampering.withSignatureOfZeroes(alice)))
                .extracting("reason")
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void cve202558187ManyNamesAgainstManyConstraintsAreNotCompared() {
        var subtrees = new GeneralSubtree[1000];
        var names = new String[300];
        for (int i = 0; i < subtrees.length; i++) {
            subtrees[i] = new GeneralSubtree(new GeneralName(GeneralName.dNSName, "c" + i + ".example"));
        }
        for (int i = 0; i < names.length; i++) {
            names[i] = "n" + i + ".c999.example";
        }
        var constrained = root.intermediate(CertificateSpec.authority("constrained")
                .with(Extension.nameConstraints, true, new NameConstraints(subtrees, null)));
        var alice = constrained.issue(CertificateSpec.client("alice").names(GeneralName.dNSName, names));
        assertThat(judge(alice.certificate(), constrained.certificate()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detailForLog()).contains("too many alternative names"));
        var few = constrained.issue(CertificateSpec.client("alice").names(GeneralName.dNSName, names[0], names[1]));
        assertThat(judge(few.certificate(), constrained.certificate())).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aResumedConnectionIsJudgedAsAnyOther() {
        var alice = root.client("alice").certificate();
        var first = new PeerChain(List.of(alice));
        var resumed = new PeerChain(List.of(alice));
        assertThat(authenticator.authenticate(Presented.NOTHING.with(first))).isInstanceOf(Outcome.Accepted.class);
        clock.advance(Duration.ofDays(2));
        assertThat(authenticator.authenticate(Presented.NOTHING.with(first))).isInstanceOf(Outcome.Refused.class);
        assertThat(authenticator.authenticate(Presented.NOTHING.with(resumed))).isInstanceOf(Outcome.Refused.class);
    }

    /** A subject, and whom Kubernetes sees in it; empty for a refusal as malformed. */
    record Subject(Subjects subject, Optional<String> seen) {}

    static List<Subject> subjects() {
        return List.of(
                new Subject(Subjects.empty().add(Subjects.CN, "a").add(Subjects.CN, "b"), Optional.of("b [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, "a").add(Subjects.CN, ""), Optional.of("nobody")),
                new Subject(Subjects.empty().add(Subjects.O, "g"), Optional.of("nobody")),
                new Subject(
                        Subjects.empty()
                                .add(Subjects.O, "g2")
                                .add(Subjects.CN, "a")
                                .add(Subjects.O, "g1")
                                .add(Subjects.O, "g2"),
                        Optional.of("a [g2, g1, g2] ")),
                new Subject(Subjects.empty().add(Subjects.OU, "g").add(Subjects.CN, "a"), Optional.of("a [] ")),
                new Subject(
                        Subjects.empty().together(Subjects.CN, "a", Subjects.O, "z", Subjects.O, "b"),
                        Optional.of("a [b, z] ")),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.bmp("Zoë")), Optional.of("Zoë [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.t61("José")), Optional.of("José [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.universal("Zoë")), Optional.of("Zoë [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.printable("jane")), Optional.of("jane [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.ia5("j@x")), Optional.of("j@x [] ")),
                new Subject(
                        Subjects.empty().add(Subjects.CN, " a,O=system:masters "),
                        Optional.of(" a,O=system:masters  [] ")),
                new Subject(Subjects.empty().add(Subjects.CN, "a").add(Subjects.UID, "u-1"), Optional.of("a [] u-1")),
                new Subject(Subjects.empty().add(Subjects.CN, "a").add(Subjects.UID, ""), Optional.empty()),
                new Subject(
                        Subjects.empty()
                                .add(Subjects.CN, "a")
                                .add(Subjects.UID, "1")
                                .add(Subjects.UID, "1"),
                        Optional.empty()),
                new Subject(
                        Subjects.empty().add(Subjects.CN, "a").add(Subjects.UID, Subjects.octets((byte) 'u')),
                        Optional.empty()),
                new Subject(Subjects.empty().add(Subjects.CN, Subjects.octets((byte) 'a')), Optional.empty()),
                new Subject(
                        Subjects.empty()
                                .add(Subjects.O, Subjects.octets((byte) 'a'))
                                .add(Subjects.CN, "a"),
                        Optional.empty()),
                new Subject(Subjects.empty().add(Subjects.UID, "u-1"), Optional.of("nobody")));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aSubjectIsReadAsKubernetesReadsIt(Subject c) {
        var outcome =
                judge(root.issue(CertificateSpec.client(c.subject().build())).certificate());
        var seen = switch (outcome) {
            case Outcome.Accepted accepted ->
                Optional.of(accepted.user().name() + " " + accepted.user().groups() + " "
                        + accepted.user().uid());
            case Outcome.NotMine _ -> Optional.of("nobody");
            case Outcome.Refused refused when refused.reason() == Reason.MALFORMED -> Optional.empty();
            default -> Optional.of(outcome.toString());
        };
        assertThat(seen).isEqualTo(c.seen());
    }

    @Test
    void anEmptyOrganizationStaysAnEmptyGroup() {
        var subject = Subjects.empty()
                .add(Subjects.O, "")
                .add(Subjects.O, "g")
                .add(Subjects.CN, "a")
                .build();
        assertThat(judge(root.issue(CertificateSpec.client(subject)).certificate()))
                .extracting("user.groups")
                .isEqualTo(List.of("", "g"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-client-cert", "ssl-client-cert", "x-forwarded-client-cert", "x-ssl-client-s-dn"})
    void aCertificateInAHeaderIsNoCertificate(String header) {
        assertThat(authenticator.authenticate(Presented.NOTHING.with(header, "CN=admin,O=system:masters")))
                .isEqualTo(Outcome.NOT_MINE);
    }
}

package dev.muster.authn.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.ChainVerdict;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.testkit.certs.CertificateCase;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.Tampering;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Chains put together by chance, of parts on which openssl and Go agree: the verdicts must be the same. */
class RandomChainsTest {

    private static final int CHAINS = 120;
    private static final ASN1ObjectIdentifier NOBODY_KNOWS = new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.99");

    private final Random random = new Random(2026);
    private final TestCa root = TestCa.root("root");
    private final TestCa otherRoot = TestCa.root("root");
    private final ClientChainVerifier verifier =
            new ClientChainVerifier(new ManualClock(), new SignatureCheck(Signatures.jdk()));

    @Test
    void weAndOpensslAgree() {
        int accepted = 0;
        for (int i = 0; i < CHAINS; i++) {
            var c = chain(i);
            var bundle = TestCa.bundle(c.roots().toArray(X509Certificate[]::new));
            var verdict = verifier.verify(c.presented().chain(), bundle);
            boolean ours = verdict instanceof ChainVerdict.Trusted;
            assertThat(ours).as("%s: %s", c, verdict).isEqualTo(Openssl.accepts(c, ManualClock.START));
            accepted += ours ? 1 : 0;
        }
        assertThat(accepted).isBetween(CHAINS / 6, CHAINS * 5 / 6);
    }

    private CertificateCase chain(int number) {
        var signer = oneIn(8) ? otherRoot : root;
        var chain = new ArrayList<X509Certificate>();
        for (int n = random.nextInt(4); n > 0; n--) {
            var spec = CertificateSpec.authority("intermediate " + n);
            odd(spec, true);
            signer = signer.intermediate(spec);
            chain.addFirst(signer.certificate());
        }
        var spec = CertificateSpec.client("alice");
        odd(spec, false);
        var alice = signer.issue(spec);
        if (oneIn(20) && !chain.isEmpty()) {
            chain.removeLast();
        }
        if (oneIn(3)) {
            Collections.shuffle(chain, random);
        }
        chain.addFirst(oneIn(25) ? Tampering.lastByteOf(alice.certificate()) : alice.certificate());
        return new CertificateCase(
                "random chain " + number,
                new CertifiedKey(chain, alice.key()),
                List.of(root.certificate()),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private void odd(CertificateSpec spec, boolean authority) {
        if (oneIn(12)) {
            var hour = Duration.ofHours(oneIn(2) ? 1 : -48);
            spec.valid(
                    ManualClock.START.plus(hour), ManualClock.START.plus(hour).plus(Duration.ofHours(5)));
        }
        if (oneIn(12)) {
            spec.with(NOBODY_KNOWS, oneIn(2), DERNull.INSTANCE);
        }
        if (oneIn(8)) {
            spec.purposes(oneIn(2) ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth);
        }
        if (authority && oneIn(4)) {
            spec.pathLength(random.nextInt(3));
        }
        if (authority && oneIn(12)) {
            spec.keyUsage(KeyUsage.digitalSignature);
        }
        if (authority && oneIn(15)) {
            spec.without(Extension.basicConstraints);
        }
        if (!authority && oneIn(2)) {
            spec.on(oneIn(2) ? KeyKind.RSA_2048 : KeyKind.ED25519);
        }
        if (oneIn(5)) {
            spec.withoutIdentifiers();
        }
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}

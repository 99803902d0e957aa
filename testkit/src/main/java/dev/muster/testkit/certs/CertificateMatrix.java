package dev.muster.testkit.certs;

import dev.muster.core.identity.Reason;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.testkit.clock.ManualClock;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * Client certificates of every oddity and what Kubernetes makes of each, at the moment {@link ManualClock#START} unless the
 * matrix is made for another. The certificate's common name is always {@code alice}.
 */
public final class CertificateMatrix {

    private static final ASN1ObjectIdentifier NOBODY_KNOWS = new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.99");

    private final Instant now;
    private final TestCa root = TestCa.root("root");
    private final TestCa rsaRoot = TestCa.root("rsa root", KeyKind.RSA_2048);

    private CertificateMatrix(Instant now) {
        this.now = now;
    }

    /** All cases, right at {@link ManualClock#START}. */
    public static List<CertificateCase> cases() {
        return cases(ManualClock.START);
    }

    /** All cases, right at this moment and for an hour after: for servers whose clock cannot be set. */
    public static List<CertificateCase> cases(Instant now) {
        var matrix = new CertificateMatrix(now);
        return Stream.of(
                        matrix.keys(),
                        matrix.signatures(),
                        matrix.times(),
                        matrix.usages(),
                        matrix.extensions(),
                        matrix.chains(),
                        matrix.authorities(),
                        matrix.names(),
                        matrix.strangers())
                .flatMap(List::stream)
                .toList();
    }

    private CertificateSpec alice() {
        return CertificateSpec.client("alice", "dev")
                .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    }

    private List<CertificateCase> keys() {
        var cases = new ArrayList<CertificateCase>();
        for (var kind : List.of(
                KeyKind.P256,
                KeyKind.P384,
                KeyKind.P521,
                KeyKind.ED25519,
                KeyKind.RSA_1024,
                KeyKind.RSA_2048,
                KeyKind.RSA_4096)) {
            cases.add(CertificateCase.accepted("key " + kind, root, root.issue(alice().on(kind))));
        }
        cases.add(CertificateCase.accepted("key RSA_PSS", root, root.issue(alice().on(KeyKind.RSA_PSS))));
        cases.add(
                CertificateCase.refused("key RSA_512", Reason.UNTRUSTED, root, root.issue(alice().on(KeyKind.RSA_512)))
                        .notOverTls());
        cases.add(CertificateCase.refused("key ED448", Reason.UNTRUSTED, root, root.issue(alice().on(KeyKind.ED448)))
                .unlikeOpenssl("Go knows no Ed448")
                .notOverTls());
        cases.add(CertificateCase.refused("key DSA", Reason.UNTRUSTED, root, root.issue(alice().on(KeyKind.DSA)))
                .unlikeOpenssl("Go knows no DSA")
                .notOverTls());
        return cases;
    }

    private List<CertificateCase> signatures() {
        var cases = new ArrayList<CertificateCase>();
        for (var kind : List.of(KeyKind.P384, KeyKind.P521, KeyKind.ED25519, KeyKind.RSA_2048, KeyKind.RSA_4096)) {
            var authority = TestCa.root("root on " + kind, kind);
            cases.add(CertificateCase.accepted("signed by " + kind, authority, authority.issue(alice())));
        }
        for (String pss : List.of("SHA256withRSAandMGF1", "SHA384withRSAandMGF1", "SHA512withRSAandMGF1")) {
            cases.add(CertificateCase.accepted("signed with " + pss, rsaRoot, rsaRoot.issue(alice().signedWith(pss))));
        }
        var pssRoot = TestCa.root("pss root", KeyKind.RSA_PSS);
        cases.add(CertificateCase.accepted("signed by an RSASSA-PSS key", pssRoot, pssRoot.issue(alice())));
        for (String old : List.of("SHA1withRSA", "MD5withRSA", "SHA224withRSA", "SHA1withRSAandMGF1")) {
            var odd = CertificateCase.refused(
                    "signed with " + old, Reason.UNTRUSTED, rsaRoot, rsaRoot.issue(alice().signedWith(old)));
            cases.add(old.startsWith("SHA224") ? odd.unlikeOpenssl("Go knows no SHA-224 signatures") : odd);
        }
        cases.add(CertificateCase.refused(
                "signed with SHA1withECDSA", Reason.UNTRUSTED, root, root.issue(alice().signedWith("SHA1withECDSA"))));
        var weak = TestCa.root("weak root", KeyKind.RSA_512);
        cases.add(CertificateCase.refused("signed by RSA_512", Reason.UNTRUSTED, weak, weak.issue(alice())));
        var good = root.issue(alice());
        cases.add(CertificateCase.refused(
                "signature changed in its last byte",
                Reason.UNTRUSTED,
                root,
                new CertifiedKey(List.of(Tampering.lastByteOf(good.certificate())), good.key())));
        return cases;
    }

    private List<CertificateCase> times() {
        var hour = Duration.ofHours(1);
        var day = Duration.ofDays(1);
        var expired = root.issue(alice().valid(now.minus(day), now.minus(hour)));
        var future = root.issue(alice().valid(now.plus(hour.multipliedBy(2)), now.plus(day)));
        var late = root.intermediate(
                CertificateSpec.authority("late intermediate").valid(now.minus(day), now.minus(hour)));
        var ended = TestCa.selfSigned(
                CertificateSpec.authority("ended root").valid(now.minus(day), now.minus(hour)), KeyKind.P256);
        return List.of(
                CertificateCase.refused("expired", Reason.EXPIRED, root, expired),
                CertificateCase.refused("not yet valid", Reason.NOT_YET_VALID, root, future),
                CertificateCase.refused(
                        "below an expired intermediate", Reason.EXPIRED, root, late.issue(alice()), late.certificate()),
                CertificateCase.refused("below an expired root", Reason.EXPIRED, ended, ended.issue(alice())));
    }

    private List<CertificateCase> usages() {
        var encipher = root.issue(alice().on(KeyKind.RSA_2048).keyUsage(KeyUsage.keyEncipherment));
        var serving = root.intermediate(
                CertificateSpec.authority("serving intermediate").purposes(KeyPurposeId.id_kp_serverAuth));
        var both = root.intermediate(CertificateSpec.authority("any intermediate")
                .purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
        var servingRoot = TestCa.selfSigned(
                CertificateSpec.authority("serving root").purposes(KeyPurposeId.id_kp_serverAuth), KeyKind.P256);
        return List.of(
                CertificateCase.refused(
                        "for servers only",
                        Reason.WRONG_PURPOSE,
                        root,
                        root.issue(alice().purposes(KeyPurposeId.id_kp_serverAuth))),
                CertificateCase.refused(
                        "for code signing only",
                        Reason.WRONG_PURPOSE,
                        root,
                        root.issue(alice().purposes(KeyPurposeId.id_kp_codeSigning))),
                CertificateCase.accepted(
                        "for servers and clients",
                        root,
                        root.issue(alice().purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth))),
                CertificateCase.accepted(
                                "for any purpose", root, root.issue(alice().purposes(KeyPurposeId.anyExtendedKeyUsage)))
                        .unlikeOpenssl("openssl does not count any purpose as client authentication"),
                CertificateCase.accepted(
                        "for no purpose in particular", root, root.issue(alice().without(Extension.extendedKeyUsage))),
                CertificateCase.accepted("without key usage", root, root.issue(alice().without(Extension.keyUsage))),
                CertificateCase.accepted("key encipherment only", root, encipher)
                        .unlikeOpenssl("Go does not look at a leaf's key usage"),
                CertificateCase.refused(
                        "below an intermediate for servers only",
                        Reason.WRONG_PURPOSE,
                        root,
                        serving.issue(alice()),
                        serving.certificate()),
                CertificateCase.accepted(
                        "below an intermediate for servers and clients", root, both.issue(alice()), both.certificate()),
                CertificateCase.refused(
                        "below a root for servers only",
                        Reason.WRONG_PURPOSE,
                        servingRoot,
                        servingRoot.issue(alice())));
    }

    private List<CertificateCase> extensions() {
        var critical = root.intermediate(
                CertificateSpec.authority("critical intermediate").with(NOBODY_KNOWS, true, DERNull.INSTANCE));
        return List.of(
                CertificateCase.refused(
                        "unknown critical extension",
                        Reason.UNTRUSTED,
                        root,
                        root.issue(alice().with(NOBODY_KNOWS, true, DERNull.INSTANCE))),
                CertificateCase.accepted(
                        "unknown extension", root, root.issue(alice().with(NOBODY_KNOWS, false, DERNull.INSTANCE))),
                CertificateCase.refused(
                        "below an intermediate with an unknown critical extension",
                        Reason.UNTRUSTED,
                        root,
                        critical.issue(alice()),
                        critical.certificate()),
                CertificateCase.accepted("without key identifiers", root, root.issue(alice().withoutIdentifiers())));
    }

    private List<CertificateCase> chains() {
        var one = root.intermediate("one");
        var two = one.intermediate("two");
        var alice = two.issue(alice());
        var stranger = TestCa.root("stranger");
        var junk = new ArrayList<X509Certificate>();
        for (int i = 0; i < 3; i++) {
            junk.add(stranger.client("junk " + i).certificate());
        }
        var cross = stranger.issue(CertificateSpec.authority("root").on(pairOf(root)));
        var below = root.issue(alice());
        return List.of(
                CertificateCase.accepted("below two intermediates", root, alice, two.certificate(), one.certificate()),
                CertificateCase.accepted(
                        "intermediates in the wrong order", root, alice, one.certificate(), two.certificate()),
                CertificateCase.accepted(
                        "root in the chain", root, alice, two.certificate(), one.certificate(), root.certificate()),
                CertificateCase.accepted(
                        "junk in the chain",
                        root,
                        alice,
                        junk.get(0),
                        two.certificate(),
                        junk.get(1),
                        one.certificate(),
                        junk.get(2)),
                CertificateCase.accepted(
                        "intermediates twice",
                        root,
                        alice,
                        two.certificate(),
                        two.certificate(),
                        one.certificate(),
                        one.certificate()),
                CertificateCase.refused("intermediate missing", Reason.UNTRUSTED, root, alice, two.certificate()),
                CertificateCase.refused("intermediates missing", Reason.UNTRUSTED, root, alice),
                CertificateCase.accepted(
                        "cross-signed: the root's other certificate is presented",
                        stranger,
                        below,
                        cross.certificate()),
                CertificateCase.accepted("cross-signed: and not needed", root, below, cross.certificate()));
    }

    private List<CertificateCase> authorities() {
        var leaf = root.issue(alice());
        var leafAsAuthority = TestCa.signingAs(leaf, KeyKind.P256);
        var noSigning =
                root.intermediate(CertificateSpec.authority("no signing").keyUsage(KeyUsage.digitalSignature));
        var plain = root.intermediate(CertificateSpec.authority("plain").without(Extension.basicConstraints));
        var zero = root.intermediate(CertificateSpec.authority("zero").pathLength(0));
        var belowZero = zero.intermediate("below zero");
        var old = TestCa.versionOneRoot("old root");
        var oldIntermediate = root.versionOneIntermediate("old intermediate");
        var noAuthority = TestCa.selfSigned(CertificateSpec.bare("no authority"), KeyKind.P256);
        return List.of(
                CertificateCase.refused(
                        "below a leaf", Reason.UNTRUSTED, root, leafAsAuthority.issue(alice()), leaf.certificate()),
                CertificateCase.refused(
                        "below one that may not sign certificates",
                        Reason.UNTRUSTED,
                        root,
                        noSigning.issue(alice()),
                        noSigning.certificate()),
                CertificateCase.refused(
                        "below one without basic constraints",
                        Reason.UNTRUSTED,
                        root,
                        plain.issue(alice()),
                        plain.certificate()),
                CertificateCase.accepted("below a root of version 1", old, old.issue(alice())),
                CertificateCase.refused(
                        "below an intermediate of version 1",
                        Reason.UNTRUSTED,
                        root,
                        oldIntermediate.issue(alice()),
                        oldIntermediate.certificate()),
                CertificateCase.refused(
                        "below a root of version 3 without basic constraints",
                        Reason.UNTRUSTED,
                        noAuthority,
                        noAuthority.issue(alice())),
                CertificateCase.accepted("below path length zero", root, zero.issue(alice()), zero.certificate()),
                CertificateCase.refused(
                        "too far below path length zero",
                        Reason.UNTRUSTED,
                        root,
                        belowZero.issue(alice()),
                        belowZero.certificate(),
                        zero.certificate()));
    }

    private List<CertificateCase> names() {
        var constrained = root.intermediate(CertificateSpec.authority("constrained")
                .with(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(
                                new GeneralSubtree[] {
                                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.com"))
                                },
                                new GeneralSubtree[] {
                                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "bad.example.com"))
                                })));
        var directory = root.intermediate(CertificateSpec.authority("directory")
                .with(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(
                                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(Subjects.user("alice", "dev")))
                                },
                                null)));
        var cases = new ArrayList<CertificateCase>();
        cases.add(CertificateCase.accepted(
                "constrained, no alternative name", root, constrained.issue(alice()), constrained.certificate()));
        cases.add(CertificateCase.accepted(
                "constrained, name inside",
                root,
                constrained.issue(alice().names(GeneralName.dNSName, "a.Example.com")),
                constrained.certificate()));
        cases.add(CertificateCase.accepted(
                "constrained, name of another kind",
                root,
                constrained.issue(alice().names(GeneralName.rfc822Name, "alice@elsewhere.org")),
                constrained.certificate()));
        for (String outside : List.of("example.org", "example.com.org", "notexample.com", "x.bad.example.com")) {
            cases.add(CertificateCase.refused(
                    "constrained, name outside: " + outside,
                    Reason.UNTRUSTED,
                    root,
                    constrained.issue(alice().names(GeneralName.dNSName, outside)),
                    constrained.certificate()));
        }
        cases.add(CertificateCase.refused(
                        "constrained, wildcard that reaches into an exclusion",
                        Reason.UNTRUSTED,
                        root,
                        constrained.issue(alice().names(GeneralName.dNSName, "*.example.com")),
                        constrained.certificate())
                .unlikeOpenssl("openssl takes a wildcard for a plain label (Go did until CVE-2025-61727)"));
        cases.add(CertificateCase.refused(
                        "constrained by directory name",
                        Reason.UNTRUSTED,
                        root,
                        directory.issue(alice()),
                        directory.certificate())
                .unlikeOpenssl("Go does not understand constraints on directory names"));
        return cases;
    }

    private List<CertificateCase> strangers() {
        var stranger = TestCa.root("stranger");
        var namesake = TestCa.root("root");
        var self = TestCa.selfSigned(alice(), KeyKind.P256);
        var servingSelf = TestCa.selfSigned(alice().purposes(KeyPurposeId.id_kp_serverAuth), KeyKind.P256);
        return List.of(
                CertificateCase.refused("of a stranger", Reason.UNTRUSTED, root, stranger.issue(alice())),
                CertificateCase.refused(
                        "of a stranger who presents their root",
                        Reason.UNTRUSTED,
                        root,
                        stranger.issue(alice()),
                        stranger.certificate()),
                CertificateCase.refused("of a namesake", Reason.UNTRUSTED, root, namesake.issue(alice())),
                CertificateCase.refused("self-signed", Reason.UNTRUSTED, root, self.certified()),
                CertificateCase.accepted("self-signed and itself a root", self, self.certified()),
                CertificateCase.refused(
                        "self-signed, itself a root, for servers only",
                        Reason.WRONG_PURPOSE,
                        servingSelf,
                        servingSelf.certified()));
    }

    private static KeyPair pairOf(TestCa authority) {
        return new KeyPair(
                authority.certificate().getPublicKey(), authority.certified().key());
    }
}

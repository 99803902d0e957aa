package dev.muster.authn.x509;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.MalformedDer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Whom a certificate names, by its subject alone: nothing here says that the certificate is any good. */
final class CertificateIdentity {

    /** Where Kubernetes looks for a user's uid. */
    static final String UID = "1.3.6.1.4.1.57683.2";

    private CertificateIdentity() {}

    /** The user; not mine without a common name; refused where the subject cannot be taken at its word. */
    static Outcome of(X509Certificate certificate) {
        try {
            var encoded = certificate.getEncoded();
            return read(DistinguishedName.ofSubject(encoded), encoded);
        } catch (MalformedDer e) {
            return malformed("subject: " + e.getMessage());
        } catch (CertificateEncodingException e) {
            return malformed("subject: no encoding");
        }
    }

    private static Outcome read(DistinguishedName subject, byte[] encoded) throws MalformedDer {
        String name = "";
        for (var attribute : subject.all(DistinguishedName.CN)) {
            name = text(attribute, "common name");
        }
        if (name.isEmpty()) {
            return Outcome.NOT_MINE;
        }
        var groups = new ArrayList<String>();
        for (var attribute : subject.all(DistinguishedName.O)) {
            groups.add(text(attribute, "organization"));
        }
        var uids = subject.all(UID);
        if (uids.size() > 1) {
            return malformed("subject: expected 1 UID, but found multiple");
        }
        String uid = uids.isEmpty() ? "" : text(uids.getFirst(), "UID");
        if (uids.size() == 1 && uid.isEmpty()) {
            return malformed("subject: UID cannot be an empty string");
        }
        var extra = Map.of(User.CREDENTIAL_ID, List.of("X509SHA256=" + fingerprint(encoded)));
        return Outcome.accepted(new User(name, uid, groups, extra));
    }

    private static String text(DistinguishedName.Attribute attribute, String what) throws MalformedDer {
        return attribute.text().orElseThrow(() -> new MalformedDer("a " + what + " that is no valid string"));
    }

    private static Outcome malformed(String detail) {
        return Outcome.refused(Reason.MALFORMED, detail);
    }

    private static String fingerprint(byte[] encoded) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }
}

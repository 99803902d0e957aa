package dev.muster.server.revoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.crypto.x509.PublicKeyHash;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What is to be taken back.
 *
 * @param spec of the Revocation
 * @param sentence what that means, for the terminal
 */
record Target(ObjectNode spec, String sentence) {

    /**
     * A certificate.
     *
     * @param issuers certificates that may have issued it
     */
    static Target certificate(X509Certificate certificate, List<X509Certificate> issuers) {
        var spec = JsonNodeFactory.instance.objectNode();
        var named = spec.putObject("certificate");
        String serial = certificate.getSerialNumber().toString(16);
        Optional<X509Certificate> issuer =
                issuers.stream().filter(one -> issued(one, certificate)).findFirst();
        issuer.ifPresent(one ->
                named.put("issuerKeyHash", PublicKeyHash.of(one.getPublicKey())).put("serialNumber", serial));
        named.put("publicKeyHash", PublicKeyHash.of(certificate.getPublicKey()));
        // As long as the issuer lasts, it could certify this key again.
        issuer.ifPresent(one -> spec.put("expiresAt", seconds(one.getNotAfter().toInstant())));
        String subject = X509Authenticator.describe(certificate) instanceof Outcome.Accepted accepted
                ? accepted.user().name()
                : "";
        if (!subject.isEmpty()) {
            spec.put("subject", subject);
        }
        return new Target(
                spec,
                "the certificate " + serial + (subject.isEmpty() ? " of nobody in particular" : " of " + subject)
                        + " and every other one of its key"
                        + (issuer.isEmpty() ? "; its issuer is not known here, so it is named by its key alone" : ""));
    }

    static Target token(String id) {
        var spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("token").put("id", id);
        return new Target(spec, "the token " + id);
    }

    static Target session(String id) {
        var spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("session").put("id", id);
        return new Target(spec, "the session " + id + " and all its tokens");
    }

    /** @param now everything issued until then, the rest of this second included: times of issue are whole seconds */
    static Target user(String name, String uid, Instant now) {
        var spec = JsonNodeFactory.instance.objectNode();
        String before = seconds(now.plusSeconds(1));
        var user = spec.putObject("user").put("name", name).put("issuedBefore", before);
        if (!uid.isEmpty()) {
            user.put("uid", uid);
        }
        return new Target(spec, "everything issued to " + name + " before " + before);
    }

    /** The whole object. */
    ObjectNode object(String reason) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1)
                .put("kind", "Revocation");
        object.putObject("metadata").put("generateName", "revocation-");
        JsonNode filled = spec;
        if (!reason.isEmpty()) {
            filled = spec.deepCopy().put("reason", reason);
        }
        object.set("spec", filled);
        return object;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

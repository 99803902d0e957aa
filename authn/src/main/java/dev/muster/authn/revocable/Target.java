package dev.muster.authn.revocable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What one Revocation names. */
sealed interface Target {

    /**
     * A certificate; either way of knowing it is enough.
     *
     * @param issued {@link Fingerprint#numbered}; empty when only the key is named
     * @param publicKey empty when only the number is named
     */
    record Certificate(String issued, String publicKey) implements Target {}

    record Token(String id) implements Target {}

    /** All tokens of one log-in. */
    record Session(String id) implements Target {}

    /**
     * Everything a person was given before a moment.
     *
     * @param uid empty = whoever has the name
     */
    record Person(String name, String uid, Instant issuedBefore) implements Target {

        /** What is not known of a credential counts against it. */
        boolean covers(Fingerprint fingerprint) {
            var user = fingerprint.who().user();
            if (!uid.isEmpty() && !user.uid().isEmpty() && !uid.equals(user.uid())) {
                return false;
            }
            Optional<Instant> issued = fingerprint.who().proof().issued();
            return issued.isEmpty() || issued.get().isBefore(issuedBefore);
        }
    }

    /**
     * Reads a Revocation that has been validated.
     *
     * @throws IllegalArgumentException if it was not, and names nothing that can be found
     */
    static Target of(ApiObject revocation) {
        JsonNode spec = revocation.tree().path("spec");
        if (spec.has("certificate")) {
            return certificate(spec.path("certificate"));
        }
        if (spec.has("token")) {
            return new Token(needed(spec.path("token"), "id"));
        }
        if (spec.has("session")) {
            return new Session(needed(spec.path("session"), "id"));
        }
        JsonNode user = spec.path("user");
        try {
            return new Person(
                    needed(user, "name"), user.path("uid").asText(""), Instant.parse(needed(user, "issuedBefore")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("spec.user.issuedBefore is no time", e);
        }
    }

    private static Certificate certificate(JsonNode certificate) {
        String publicKey = hash(certificate, "publicKeyHash");
        String issuer = hash(certificate, "issuerKeyHash");
        String serial = certificate.path("serialNumber").asText("");
        if (issuer.isEmpty() && publicKey.isEmpty()) {
            throw new IllegalArgumentException("spec.certificate names no key");
        }
        String issued = issuer.isEmpty() ? "" : Fingerprint.numbered(issuer, new BigInteger(serial, 16));
        return new Certificate(issued, publicKey);
    }

    private static String hash(JsonNode certificate, String field) {
        return certificate.path(field).asText("").toLowerCase(Locale.ROOT);
    }

    private static String needed(JsonNode tree, String field) {
        String value = tree.path(field).asText("");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the spec has no " + field);
        }
        return value;
    }
}

package dev.muster.apiserver.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.User;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.MalformedPem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A CertificateSigningRequest, as those who judge it read it. */
public record SigningRequest(ApiObject object) {

    public static final String GROUP = "certificates.k8s.io";
    public static final String PLURAL = "certificatesigningrequests";

    /** As {@link ResourceType#qualifiedName} has it. */
    public static final String RESOURCE = PLURAL + "." + GROUP;

    public static final String APPROVED = "Approved";
    public static final String DENIED = "Denied";
    public static final String FAILED = "Failed";

    public static boolean isType(ResourceType type) {
        return type.qualifiedName().equals(RESOURCE);
    }

    public String signerName() {
        return spec().path("signerName").asText("");
    }

    /** The words of spec.usages, each once. */
    public Set<String> usages() {
        var all = new LinkedHashSet<String>();
        spec().path("usages").forEach(usage -> all.add(usage.asText()));
        return all;
    }

    /** How long the certificate is asked to last; empty = as the signer likes. */
    public Optional<Duration> lifetime() {
        return spec().hasNonNull("expirationSeconds")
                ? Optional.of(
                        Duration.ofSeconds(spec().path("expirationSeconds").asLong()))
                : Optional.empty();
    }

    /** Who asked, as he was when he asked. */
    public User requestor() {
        var groups = new ArrayList<String>();
        spec().path("groups").forEach(group -> groups.add(group.asText()));
        var extra = new LinkedHashMap<String, List<String>>();
        spec().path("extra").properties().forEach(entry -> {
            var values = new ArrayList<String>();
            entry.getValue().forEach(value -> values.add(value.asText()));
            extra.put(entry.getKey(), values);
        });
        return new User(spec().path("username").asText(""), spec().path("uid").asText(""), groups, extra);
    }

    /** Whether there is a condition of this type, whatever its status. */
    public boolean has(String type) {
        return condition(type).isPresent();
    }

    /** The condition of this type. */
    public Optional<JsonNode> condition(String type) {
        for (JsonNode condition : conditions()) {
            if (condition.path("type").asText("").equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    public JsonNode conditions() {
        return object.tree().path("status").path("conditions");
    }

    public boolean isIssued() {
        return !certificate().isEmpty();
    }

    /** status.certificate as it is in JSON; empty while there is none. */
    public String certificate() {
        return object.tree().path("status").path("certificate").asText("");
    }

    /** status.certificate, PEM. */
    public byte[] certificatePem() {
        return decoded(certificate());
    }

    /** spec.request, taken apart, its signature checked. */
    public CertificateRequest parse(Signatures signatures) throws MalformedPem {
        return CertificateRequest.parse(decoded(spec().path("request").asText("")), signatures);
    }

    /** The same of what is stored, and so was checked. */
    public CertificateRequest parseStored() throws MalformedPem {
        return CertificateRequest.parseVerified(decoded(spec().path("request").asText("")));
    }

    private JsonNode spec() {
        return object.tree().path("spec");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

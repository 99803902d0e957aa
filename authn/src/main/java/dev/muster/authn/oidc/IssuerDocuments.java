package dev.muster.authn.oidc;

import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.PublishedKeys;
import dev.muster.crypto.jose.StrictJson;
import dev.muster.http.call.Call;
import dev.muster.http.call.CallFailed;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/** Fetches what an issuer publishes: its discovery document (OpenID Connect Discovery 1.0 section 4) and its keys. Blocks. */
final class IssuerDocuments {

    private static final int MOST_BYTES = 256 << 10;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?([0-9]{1,9})");

    /** What Keycloak says of its keys. */
    private static final Pattern NOT_KEPT = Pattern.compile("(?:^|[\\s,])no-(?:cache|store)(?:$|[\\s,=])");

    /** Keys are read again after so long, whatever their owner says: one that was removed must stop working. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private final IssuerSettings settings;
    private final HttpsClient client;

    IssuerDocuments(IssuerSettings settings, HttpsClient client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * A key set.
     *
     * @param hash hexadecimal SHA-256 of the document
     * @param lifetime after which it is to be read again
     */
    record Fetched(PublishedKeys keys, String hash, Duration lifetime) {}

    /** The documents are not what they should be; the message says how. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    /** Where the keys lie. */
    URI discover() throws CallFailed, Unusable {
        var at = uri(settings.discoveryUrl().orElseGet(this::wellKnown));
        var document = json(at, read(at));
        if (!(document.get("issuer") instanceof String issuer) || !issuer.equals(settings.url())) {
            throw new Unusable(at + ": issuer did not match: expected " + Plain.quoted(settings.url()) + " got "
                    + Plain.quoted(String.valueOf(document.get("issuer"))));
        }
        if (!(document.get("jwks_uri") instanceof String keysAt) || keysAt.isEmpty()) {
            throw new Unusable(at + ": no jwks_uri in the discovery document");
        }
        var keys = uri(keysAt);
        if (!"https".equalsIgnoreCase(keys.getScheme()) || keys.getHost() == null || keys.getRawUserInfo() != null) {
            throw new Unusable(at + ": jwks_uri " + Plain.quoted(keysAt) + " is no https URL");
        }
        return keys;
    }

    private String wellKnown() {
        String url = settings.url();
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/.well-known/openid-configuration";
    }

    Fetched keys(URI at) throws CallFailed, Unusable {
        var reply = read(at);
        try {
            return new Fetched(PublishedKeys.parse(reply.body()), hash(reply.body()), lifetime(reply));
        } catch (MalformedJws e) {
            throw new Unusable(at + ": " + e.getMessage());
        }
    }

    private Reply read(URI at) throws CallFailed, Unusable {
        var reply = client.send(Call.get(at, MOST_BYTES, DEADLINE));
        if (reply.status() != 200) {
            throw new Unusable(at + ": answered " + reply.status());
        }
        return reply;
    }

    private static Map<String, Object> json(URI at, Reply reply) throws Unusable {
        try {
            return StrictJson.whole(reply.body());
        } catch (MalformedJws e) {
            throw new Unusable(at + ": no discovery document: " + e.getMessage());
        }
    }

    private static URI uri(String text) throws Unusable {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Unusable(Plain.quoted(text) + " is no URL");
        }
    }

    private static Duration lifetime(Reply reply) {
        String control = reply.header("cache-control").orElse("");
        var said = MAX_AGE.matcher(control);
        if (!said.find()) {
            return NOT_KEPT.matcher(control).find() ? SHORTEST : LONGEST;
        }
        var age = Duration.ofSeconds(Long.parseLong(said.group(1)));
        return age.compareTo(SHORTEST) < 0 ? SHORTEST : age.compareTo(LONGEST) > 0 ? LONGEST : age;
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package dev.muster.testkit.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A token to be signed: begins as a good one, and each call changes one thing. Values are JSON as it stands. */
public final class TestToken {

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private TestToken() {}

    static TestToken of(String issuer, String audience, Instant now) {
        return new TestToken()
                .with("iss", quoted(issuer))
                .with("aud", quoted(audience))
                .with("sub", quoted("jane"))
                .with("iat", Long.toString(now.getEpochSecond()))
                .with("exp", Long.toString(now.plus(Duration.ofHours(1)).getEpochSecond()));
    }

    /** A claim, as JSON. */
    public TestToken with(String claim, String json) {
        claims.put(claim, json);
        return this;
    }

    /** A claim that is a string. */
    public TestToken text(String claim, String value) {
        return with(claim, quoted(value));
    }

    public TestToken without(String claim) {
        claims.remove(claim);
        return this;
    }

    /** A header member, as JSON. */
    public TestToken header(String name, String json) {
        header.put(name, json);
        return this;
    }

    /** With the key's algorithm and id in the header, where no others were given. */
    public String signed(SigningKey key) {
        header.putIfAbsent("alg", quoted(key.algorithm()));
        if (!key.id().isEmpty()) {
            header.putIfAbsent("kid", quoted(key.id()));
        }
        return key.sign(headerJson(), json());
    }

    /** With a signature of nothing. */
    public String unsigned() {
        var url = java.util.Base64.getUrlEncoder().withoutPadding();
        return url.encodeToString(headerJson().getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "."
                + url.encodeToString(json().getBytes(java.nio.charset.StandardCharsets.UTF_8)) + ".AAAA";
    }

    /** The payload. */
    public String json() {
        return object(claims);
    }

    public String headerJson() {
        return object(header);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

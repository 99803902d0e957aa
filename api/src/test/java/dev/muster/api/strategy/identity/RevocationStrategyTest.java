package dev.muster.api.strategy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.codec.Yaml;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Revocation may say. */
class RevocationStrategyTest {

    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final RevocationStrategy STRATEGY = new RevocationStrategy();

    private static ApiObject revocation(String spec) {
        String yaml = "metadata: {name: x}\nspec: " + spec + "\n";
        return ApiObject.of(
                Yaml.parseObject(yaml.getBytes(StandardCharsets.UTF_8)).value());
    }

    static List<String> good() {
        return List.of(
                "{certificate: {publicKeyHash: \"" + HASH + "\"}}",
                "{certificate: {issuerKeyHash: \"" + HASH + "\", serialNumber: \"00Ff\"}, reason: lost}",
                "{certificate: {issuerKeyHash: \"" + HASH + "\", serialNumber: \"1\", publicKeyHash: \"" + HASH
                        + "\"}}",
                "{token: {id: \"7\"}, subject: john, expiresAt: \"2030-01-01T00:00:00Z\"}",
                "{user: {name: john, issuedBefore: \"2026-01-01T00:00:00Z\"}}",
                "{user: {name: john, uid: \"7\", issuedBefore: \"2026-01-01T00:00:00Z\"}}");
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatNamesOneThingIsTaken(String spec) {
        assertThat(STRATEGY.validate(revocation(spec))).isEmpty();
    }

    record Bad(String spec, String problem) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("{}", "spec: Required value: name one of certificate, token, session, user"),
                new Bad("{reason: lost}", "spec: Required value: name one of certificate, token, session, user"),
                new Bad(
                        "{token: {id: a}, user: {name: b, issuedBefore: \"2026-01-01T00:00:00Z\"}}",
                        "spec.user: Forbidden: may not be named beside token"),
                new Bad("{token: {}}", "spec.token.id: Required value"),
                new Bad("{user: {name: john}}", "spec.user.issuedBefore: Required value"),
                new Bad("{user: {issuedBefore: \"2026-01-01T00:00:00Z\"}}", "spec.user.name: Required value"),
                new Bad(
                        "{certificate: {}}",
                        "spec.certificate: Required value: name publicKeyHash, or issuerKeyHash and serialNumber, or all"),
                new Bad(
                        "{certificate: {serialNumber: \"1\"}}",
                        "spec.certificate.issuerKeyHash: Required value: a serial number alone names no certificate"),
                new Bad(
                        "{certificate: {issuerKeyHash: \"" + HASH + "\"}}",
                        "spec.certificate.serialNumber: Required value: an issuer alone names no certificate"),
                new Bad(
                        "{certificate: {publicKeyHash: abc}}",
                        "spec.certificate.publicKeyHash: Invalid value: \"abc\": must be the SHA-256 of a"
                                + " SubjectPublicKeyInfo: 64 hexadecimal digits"),
                new Bad(
                        "{certificate: {issuerKeyHash: \"" + HASH + "\", serialNumber: \"0A:0B\"}}",
                        "spec.certificate.serialNumber: Invalid value: \"0A:0B\": must be a hexadecimal number, as"
                                + " openssl x509 -serial prints it"),
                new Bad(
                        "{token: {id: a}, reason: \"" + "x".repeat(1025) + "\"}",
                        "spec.reason: Too long: may not be more than 1024 bytes"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatNamesNothingOrTwoThingsIsNot(Bad bad) {
        assertThat(FieldErrors.join(STRATEGY.validate(revocation(bad.spec())))).isEqualTo(bad.problem());
    }

    @Test
    void whatItNamesIsForEver() {
        var john = revocation("{token: {id: a}}");
        assertThat(STRATEGY.validateUpdate(john, john)).isEmpty();
        assertThat(FieldErrors.join(STRATEGY.validateUpdate(revocation("{token: {id: b}}"), john)))
                .contains("field is immutable");
    }
}

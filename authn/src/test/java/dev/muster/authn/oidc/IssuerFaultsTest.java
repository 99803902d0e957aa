package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.issuer.Fault;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an issuer publishes instead of what it should, an operator is told what is wrong with it. */
class IssuerFaultsTest {

    /** @param says what the operator is told, in part; {@code ISSUER} is the issuer's */
    record Odd(String name, String path, Fault fault, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Odd discovery(String name, Fault fault, String says) {
        return new Odd("discovery: " + name, TestIssuer.DISCOVERY, fault, says);
    }

    private static Odd keys(String name, Fault fault, String says) {
        return new Odd("keys: " + name, TestIssuer.KEYS, fault, says);
    }

    static Stream<Odd> faults() {
        String rsa = SigningKey.rsa("r").jwk();
        var all = new ArrayList<>(List.of(
                discovery("404", Fault.status(404), "openid-configuration: answered 404"),
                discovery("garbage", Fault.text("<html>"), "no discovery document"),
                discovery("an array", Fault.text("[]"), "no discovery document"),
                discovery("two issuers", Fault.text("{\"issuer\":\"ISSUER\",\"issuer\":\"x\"}"), "stands twice"),
                discovery(
                        "another issuer",
                        Fault.text("{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"https://x/\"}"),
                        "issuer did not match: expected \"ISSUER\" got \"https://evil.example\""),
                discovery("no issuer", Fault.text("{\"jwks_uri\":\"https://x/\"}"), "issuer did not match"),
                discovery("huge", Fault.huge(8 << 20), "answered with more than 262144 bytes"),
                discovery(
                        "a redirect elsewhere",
                        Fault.redirect("https://127.0.0.2:1/x"),
                        "redirect (302) to https://127.0.0.2:1/x, which is not followed"),
                discovery(
                        "a redirect to http",
                        Fault.redirect("http://169.254.169.254/latest/meta-data"),
                        "which is not followed"),
                discovery("a redirect to a file", Fault.redirect("file:///etc/passwd"), "which is not followed"),
                discovery("redirects in a circle", Fault.redirect(TestIssuer.DISCOVERY), "more than 3 redirects"),
                keys("500", Fault.status(500), "/keys: answered 500"),
                keys("garbage", Fault.text("no json"), "/keys: JSON"),
                keys("no keys", Fault.text("{}"), "no JWK set"),
                keys("keys that are none", Fault.text("{\"keys\":[1]}"), "something that is no key"),
                keys(
                        "101 keys",
                        Fault.text("{\"keys\":["
                                + String.join(
                                        ",",
                                        IntStream.range(0, 101)
                                                .mapToObj(_ -> "{}")
                                                .toList()) + "]}"),
                        "more than 100 keys"),
                keys("huge", Fault.huge(8 << 20), "answered with more than 262144 bytes"),
                keys("a redirect elsewhere", Fault.redirect("https://evil.example/keys"), "which is not followed")));
        for (String uri : List.of(
                "http://127.0.0.1/keys",
                "file:///etc/passwd",
                "/keys",
                "https://user:pw@127.0.0.1/",
                "ftp://x/",
                "https:///keys")) {
            all.add(new Odd(
                    "jwks_uri " + uri,
                    TestIssuer.DISCOVERY,
                    (_, _) -> Optional.of("{\"issuer\":\"ISSUER\",\"jwks_uri\":\"" + uri + "\"}"),
                    "jwks_uri \"" + uri + "\" is no https URL"));
        }
        all.add(discovery("no jwks_uri", Fault.text("{\"issuer\":\"ISSUER\"}"), "no jwks_uri"));
        for (String empty : List.of(
                "", // no key at all
                "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"r\"}",
                rsa.replace("\"use\":\"sig\"", "\"use\":\"enc\""),
                rsa.replace("RS256", "HS256"),
                rsa.replace("RS256", "RSA-OAEP"),
                rsa.replace("RS256", "ES256"),
                rsa.replace("\"e\":\"AQAB\"", "\"e\":\"AQ\""),
                rsa.replace("\"e\":\"AQAB\"", "\"e\":\"AQAA\""),
                rsa.replace("}", ",\"d\":\"AQAB\"}"),
                rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"AQAB\""),
                rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"==\""),
                SigningKey.ec("e").jwk().replaceAll("\"y\":\"[^\"]*\"", "\"y\":\"AQAB\""),
                SigningKey.ec("e").jwk().replace("P-256", "P-384"),
                SigningKey.ec("e").jwk().replace("P-256", "secp256k1"))) {
            all.add(keys(
                    "nothing that can be used: " + empty,
                    Fault.text("{\"keys\":[" + empty + "]}"),
                    "no key that can be used"));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isToldOf(Odd odd) throws InterruptedException {
        try (var world = new World()) {
            Fault fault = odd.fault();
            world.issuer.fault(
                    odd.path(),
                    (exchange, document) ->
                            fault.answer(exchange, document).map(text -> text.replace("ISSUER", world.issuer.url())));
            assertThat(problem(world))
                    .contains(odd.says().replace("ISSUER", world.issuer.url()))
                    .doesNotContain("Exception");
        }
    }

    /** What is wrong, once something is. */
    private static String problem(World world) throws InterruptedException {
        world.issuers.adopt(
                world.issuers.prepare(List.of(new Issuer(world.settings(), World.rules(Optional.empty(), Map.of())))));
        for (int i = 0; i < 1500; i++) {
            var state = world.issuers.states().getFirst();
            if (state.failed().isPresent() || state.isReady()) {
                return state.problem().orElse("nothing wrong");
            }
            Thread.sleep(10);
        }
        return "nothing heard";
    }

    @Test
    void oneKeyThatCannotBeUsedDoesNotSpoilTheOthers() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.fault(
                    TestIssuer.KEYS,
                    (_, set) -> Optional.of(set.replace(
                            "[", "[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\",\"kid\":\"o\"},{\"kty\":7},")));
            world.adopt(new Issuer(world.settings(), World.rules(Optional.empty(), Map.of())));

            assertThat(world.judged(world.token().signed(World.KEY)).toString()).startsWith("Accepted");
        }
    }

    @Test
    void aRedirectWithinTheOriginIsFollowed() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.serve("/elsewhere", world.issuer.discovery());
            world.issuer.fault(TestIssuer.DISCOVERY, Fault.redirect("/elsewhere"));

            assertThat(problem(world)).isEqualTo("nothing wrong");
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNotAsked() throws InterruptedException {
        try (var world = new World()) {
            for (var authorities : List.of(
                    List.of(TestCa.root("another").certificate()), List.<java.security.cert.X509Certificate>of())) {
                var settings = new IssuerSettings(
                        world.issuer.url(),
                        Optional.empty(),
                        authorities,
                        List.of(World.CLIENT),
                        IssuerSettings.ALL_ALGORITHMS,
                        IssuerSettings.Trust.ORDINARY);
                var prepared =
                        world.issuers.prepare(List.of(new Issuer(settings, World.rules(Optional.empty(), Map.of()))));
                assertThat(prepared.awaitReady(Duration.ofMillis(1500)).orElse(""))
                        .contains("its certificate is signed by an authority that is not trusted");
                world.issuers.drop(prepared);
            }
            assertThat(world.issuer.asked(TestIssuer.DISCOVERY)).isZero();
        }
    }

    @Test
    void aServerWithACertificateForAnotherNameIsNotAsked() throws InterruptedException {
        try (var world = new World()) {
            var settings = new IssuerSettings(
                    "https://localhost:" + world.issuer.port(),
                    Optional.empty(),
                    List.of(world.issuer.authority()),
                    List.of(World.CLIENT),
                    IssuerSettings.ALL_ALGORITHMS,
                    IssuerSettings.Trust.ORDINARY);
            var prepared =
                    world.issuers.prepare(List.of(new Issuer(settings, World.rules(Optional.empty(), Map.of()))));
            assertThat(prepared.awaitReady(Duration.ofMillis(1500)).orElse("")).contains("certificate is not accepted");
            world.issuers.drop(prepared);
        }
    }

    @Test
    void aServerThatIsNotThereIsToldOf() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.close();
            assertThat(problem(world)).contains("connection refused");
        }
    }

    @Test
    void anotherPlaceOfDiscoveryStillHasToNameTheIssuer() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.serve(
                    "/tenant/discovery",
                    "{\"issuer\":\"https://issuer.example\",\"jwks_uri\":\"" + world.issuer.url() + "/keys\"}");
            var settings = new IssuerSettings(
                    "https://issuer.example",
                    Optional.of(world.issuer.url() + "/tenant/discovery"),
                    List.of(world.issuer.authority()),
                    List.of(World.CLIENT),
                    IssuerSettings.ALL_ALGORITHMS,
                    IssuerSettings.Trust.ORDINARY);
            world.adopt(new Issuer(settings, World.rules(Optional.empty(), Map.of())));

            assertThat(world.judged(world.token()
                                    .text("iss", "https://issuer.example")
                                    .signed(World.KEY))
                            .toString())
                    .startsWith("Accepted");
            assertThat(world.issuer.asked(TestIssuer.DISCOVERY)).isZero();
        }
    }
}

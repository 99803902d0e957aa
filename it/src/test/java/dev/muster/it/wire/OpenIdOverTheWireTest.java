package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.crypto.x509.Pem;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People of an OpenID issuer at a whole server that knows it by flags. */
class OpenIdOverTheWireTest {

    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final SigningKey KEY = SigningKey.rsa("first");

    @TempDir
    static Path folder;

    private static TestIssuer issuer;
    private static WholeServer server;
    private static Wire wire;

    @BeforeAll
    static void start() throws Exception {
        issuer = TestIssuer.start(KEY);
        Path ca = folder.resolve("issuer.pem");
        Files.writeString(ca, Pem.write(List.of(issuer.authority())));
        server = WholeServer.start(
                folder,
                "--oidc-issuer-url=" + issuer.url(),
                "--oidc-client-id=kubernetes",
                "--oidc-ca-file=" + ca,
                "--oidc-username-claim=preferred_username",
                "--oidc-username-prefix=oidc:",
                "--oidc-groups-claim=groups",
                "--oidc-groups-prefix=oidc:",
                "--oidc-required-claim=tenant=acme",
                "--oidc-signing-algs=RS256,ES256");
        wire = Wire.anonymous(server.port(), "TLSv1.3");
    }

    @AfterAll
    static void stop() throws Exception {
        wire.close();
        server.close();
        issuer.close();
    }

    private static TestToken token() {
        return issuer.token("kubernetes", Instant.now())
                .text("preferred_username", "jane")
                .text("tenant", "acme")
                .with("groups", "[\"developers\"]");
    }

    private static Wire.Answer whoami(String token) throws Exception {
        String body = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
        return wire.send(
                "POST",
                WHOAMI,
                List.of("Authorization: Bearer " + token, "Content-Type: application/json"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode user(Wire.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return new ObjectMapper().readTree(answer.body()).path("status").path("userInfo");
    }

    @Test
    void aTokenOfTheIssuerIsAPersonWithPrefixedNames() throws Exception {
        var user = user(whoami(token().text("jti", "t-17").signed(KEY)));

        assertThat(user.path("username").asText()).isEqualTo("oidc:jane");
        assertThat(user.path("groups"))
                .extracting(JsonNode::asText)
                .containsExactly("oidc:developers", "system:authenticated");
        assertThat(user.path("extra")
                        .path("authentication.kubernetes.io/credential-id")
                        .path(0)
                        .asText())
                .isEqualTo("JTI=t-17");
    }

    @Test
    void whatIsWrongWithATokenIsToldToOperatorsAlone() throws Exception {
        var expired = whoami(
                token().with("exp", Long.toString(Instant.now().minusSeconds(2).getEpochSecond()))
                        .signed(KEY));

        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.text()).contains("Unauthorized").doesNotContain("expired");
        assertThat(expired.headers()).doesNotContainKey("www-authenticate");
    }

    private static JsonNode review(String token, String audiences) throws Exception {
        try (var admin = Wire.presenting(server.admin(), server.port(), "TLSv1.3")) {
            String body = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
                    + token + "\"" + audiences + "}}";
            var answer = admin.send(
                    "POST",
                    "/apis/authentication.k8s.io/v1/tokenreviews",
                    List.of("Content-Type: application/json"),
                    body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            return new ObjectMapper().readTree(answer.body()).path("status");
        }
    }

    @Test
    void aReviewSaysWhoseTokenItIsForOurOwnAudiencesAlone() throws Exception {
        String token = token().signed(KEY);

        var ours = review(token, "");
        assertThat(ours.path("authenticated").asBoolean()).isTrue();
        assertThat(ours.path("user").path("username").asText()).isEqualTo("oidc:jane");
        assertThat(ours.path("audiences"))
                .extracting(JsonNode::asText)
                .containsExactly("https://kubernetes.default.svc.cluster.local");
        assertThat(review(token, ",\"audiences\":[\"vault\"]")
                        .path("authenticated")
                        .asBoolean())
                .isFalse();
        assertThat(review(token, ",\"audiences\":[\"kubernetes\"]")
                        .path("authenticated")
                        .asBoolean())
                .as("the client is no audience of the API")
                .isFalse();
        assertThat(review(token().with("exp", "1").signed(KEY), "")
                        .path("authenticated")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void howItStandsWithTheIssuerIsShownAndMeasured() throws Exception {
        try (var admin = Wire.presenting(server.admin(), server.port(), "TLSv1.3")) {
            var ready = admin.send("GET", "/readyz?verbose", List.of(), new byte[0]);
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.text()).contains("[+]openid-connect ok");
            user(whoami(token().signed(KEY)));
            assertThat(admin.send("GET", "/metrics", List.of(), new byte[0]).text())
                    .contains(
                            "apiserver_authentication_jwt_authenticator_latency_seconds_bucket{jwt_issuer_hash=\"sha256:",
                            "result=\"success\",le=\"10\"} ",
                            "apiserver_authentication_jwt_authenticator_jwks_fetch_last_timestamp_seconds{",
                            "apiserver_authentication_jwt_authenticator_jwks_fetch_last_key_set_info{",
                            "muster_outbound_calls_total{result=\"answered\"} ");
        }
    }

    @Test
    void aKeyThatIsPublishedLaterIsBelievedAtOnce() throws Exception {
        var next = SigningKey.ec("second");
        issuer.publish(KEY, next);

        assertThat(user(whoami(token().signed(next))).path("username").asText()).isEqualTo("oidc:jane");
        assertThat(user(whoami(token().signed(KEY))).path("username").asText()).isEqualTo("oidc:jane");
    }

    /** Asks until it is so, for as long as a revocation may take. */
    private static void refusedWithin(Duration most, String token) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (whoami(token).status() != 401) {
            assertThat(System.nanoTime()).as("still accepted").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void revoke(String name, String spec) throws Exception {
        try (var admin = Wire.presenting(server.admin(), server.port(), "TLSv1.3")) {
            String body =
                    "{\"apiVersion\":\"identity.muster.dev/v1alpha1\",\"kind\":\"Revocation\",\"metadata\":{\"name\":\""
                            + name + "\"},\"spec\":" + spec + "}";
            var made = admin.send(
                    "POST",
                    "/apis/identity.muster.dev/v1alpha1/revocations",
                    List.of("Content-Type: application/json"),
                    body.getBytes(StandardCharsets.UTF_8));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
        }
    }

    @Test
    void aTokenTakenBackByItsIdDiesWithinASecondThoughItIsRemembered() throws Exception {
        String token = token().text("jti", "t-gone").signed(KEY);
        String other = token().text("jti", "t-stays").signed(KEY);
        user(whoami(token));

        revoke("by-id", "{\"token\":{\"id\":\"t-gone\"}}");

        refusedWithin(Duration.ofSeconds(1), token);
        user(whoami(other));
    }

    @Test
    void aSessionTakenBackTakesAllItsTokensWithItWithinASecond() throws Exception {
        String first = token().text("sid", "s-gone").text("jti", "s1").signed(KEY);
        String second = token().text("sid", "s-gone").text("jti", "s2").signed(KEY);
        String other = token().text("sid", "s-stays").signed(KEY);
        user(whoami(first));

        revoke("by-session", "{\"session\":{\"id\":\"s-gone\"}}");

        refusedWithin(Duration.ofSeconds(1), first);
        refusedWithin(Duration.ofSeconds(1), second);
        user(whoami(other));
    }

    @Test
    void aPersonsEarlierTokensDieWithinASecondAndLaterOnesAreGood() throws Exception {
        var now = Instant.now();
        String before = token().text("preferred_username", "leaver")
                .with("iat", Long.toString(now.minusSeconds(60).getEpochSecond()))
                .signed(KEY);
        String after = token().text("preferred_username", "leaver")
                .with("iat", Long.toString(now.plusSeconds(1).getEpochSecond()))
                .signed(KEY);
        user(whoami(before));

        revoke("by-person", "{\"user\":{\"name\":\"oidc:leaver\",\"issuedBefore\":\"" + now.minusSeconds(30) + "\"}}");

        refusedWithin(Duration.ofSeconds(1), before);
        user(whoami(after));
    }
}

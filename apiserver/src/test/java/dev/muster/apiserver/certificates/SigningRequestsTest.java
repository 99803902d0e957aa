package dev.muster.apiserver.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.apiserver.testing.Api.Answer;
import dev.muster.core.identity.User;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.certs.TestRequest;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing requests through the API: who asked, what is refused, and what each sub-resource may change. */
class SigningRequestsTest {

    private static final String ALL = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String JOHN = ALL + "/john";
    private static final String CLIENT = "\"client auth\"";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String body(String pem, String signer, String usages, String more) {
        return """
                {"metadata":{"name":"john"},"spec":{"request":"%s","signerName":"%s","usages":[%s]%s}}""".formatted(base64(pem), signer, usages, more);
    }

    private static String body() {
        return body(TestRequest.of("john", "developers").pem(), SignerNames.API_CLIENT, CLIENT, "");
    }

    private Answer put(String part, String conditions, String more) {
        var now = api.get(JOHN).json();
        String tree = "{\"metadata\":{\"name\":\"john\",\"resourceVersion\":\"%s\"},\"spec\":%s,\"status\":{%s%s}}"
                .formatted(
                        now.at("/metadata/resourceVersion").asText(),
                        now.get("spec"),
                        conditions.isEmpty() ? "" : "\"conditions\":[" + conditions + "]",
                        more);
        return api.put(JOHN + "/" + part, tree);
    }

    private static String condition(String type) {
        return "{\"type\":\"" + type + "\",\"status\":\"True\",\"reason\":\"R\"}";
    }

    @Test
    void whoAskedIsWhoWasAuthenticatedWhateverTheBodySays() {
        var alice = new User("alice", "u-1", List.of("dev", "system:authenticated"), Map.of("k", List.of("v")));
        String forged = body(
                TestRequest.of("john").pem(),
                SignerNames.API_CLIENT,
                CLIENT,
                ",\"username\":\"admin\",\"uid\":\"0\",\"groups\":[\"system:masters\"],\"extra\":{\"x\":[\"y\"]}");
        var made = api.send(FakeExchange.post(ALL, "application/json", forged), alice);
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.text("/spec/username")).isEqualTo("alice");
        assertThat(made.text("/spec/uid")).isEqualTo("u-1");
        assertThat(made.json().at("/spec/groups").toString()).isEqualTo("[\"dev\",\"system:authenticated\"]");
        assertThat(made.json().at("/spec/extra").toString()).isEqualTo("{\"k\":[\"v\"]}");
    }

    @Test
    void aRequestThatIsBornApprovedIsNot() {
        String approved = body().replaceFirst("}$", ",\"status\":{\"conditions\":[" + condition("Approved") + "]}}");
        var made = api.post(ALL, approved);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.json().at("/status/conditions").isMissingNode()).isTrue();
    }

    record Refused(String name, String body, String field, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Refused> refused() {
        String good = TestRequest.of("john").pem();
        var rsa512 = KeyKind.RSA_512.pair("csr");
        var p256 = KeyKind.P256.newPair();
        String request = "spec.request";
        String invalid = "FieldValueInvalid";
        String client = SignerNames.API_CLIENT;
        return List.of(
                new Refused("no PEM", body("hello", client, CLIENT, ""), request, invalid),
                new Refused(
                        "another PEM block",
                        body(good.replace("CERTIFICATE REQUEST", "CERTIFICATE"), client, CLIENT, ""),
                        request,
                        invalid),
                new Refused("two blocks", body(good + good, client, CLIENT, ""), request, invalid),
                new Refused(
                        "the signature of another key",
                        body(TestRequest.of("john").signedBy(p256.getPrivate()).pem(), client, CLIENT, ""),
                        request,
                        invalid),
                new Refused(
                        "an RSA key of 512 bits",
                        body(TestRequest.of("john").on(rsa512, "SHA256withRSA").pem(), client, CLIENT, ""),
                        request,
                        invalid),
                new Refused("no usages", body(good, client, "", ""), "spec.usages", "FieldValueRequired"),
                new Refused(
                        "an unknown usage",
                        body(good, client, "\"fly\"", ""),
                        "spec.usages[0]",
                        "FieldValueNotSupported"),
                new Refused(
                        "a usage twice",
                        body(good, client, CLIENT + "," + CLIENT, ""),
                        "spec.usages[1]",
                        "FieldValueDuplicate"),
                new Refused("no signer", body(good, "", CLIENT, ""), "spec.signerName", "FieldValueRequired"),
                new Refused(
                        "the legacy signer", body(good, SignerNames.LEGACY, CLIENT, ""), "spec.signerName", invalid),
                new Refused(
                        "a signer without a path", body(good, "example.com", CLIENT, ""), "spec.signerName", invalid),
                new Refused("a signer of one label", body(good, "example/x", CLIENT, ""), "spec.signerName", invalid),
                new Refused("a signer with two slashes", body(good, "a.b/c/d", CLIENT, ""), "spec.signerName", invalid),
                new Refused("a signer in capitals", body(good, "A.b/c", CLIENT, ""), "spec.signerName", invalid),
                new Refused(
                        "599 seconds",
                        body(good, client, CLIENT, ",\"expirationSeconds\":599"),
                        "spec.expirationSeconds",
                        invalid),
                new Refused(
                        "negative seconds",
                        body(good, client, CLIENT, ",\"expirationSeconds\":-1"),
                        "spec.expirationSeconds",
                        invalid));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeSignedIsRefusedByItsField(Refused row) {
        var answer = api.post(ALL, row.body());
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.text("/details/causes/0/field")).isEqualTo(row.field());
        assertThat(answer.text("/details/causes/0/reason")).isEqualTo(row.reason());
    }

    @Test
    void tooShortIsRefusedInKubernetesWords() {
        assertThat(api.post(ALL, body(TestRequest.of("j").pem(), "a.b/c", CLIENT, ",\"expirationSeconds\":599"))
                        .message())
                .contains("may not specify a duration less than 600 seconds (10 minutes)");
    }

    @Test
    void mastersByCertificateAreRefusedByThePlugin() {
        String masters = TestRequest.of("john", "developers", "system:masters").pem();
        var answer = api.post(ALL, body(masters, SignerNames.API_CLIENT, CLIENT, ""));
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.message())
                .contains("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed")
                .contains("CertificateSubjectRestriction");
        assertThat(api.post(ALL, body(masters, "example.com/own", CLIENT, "")).code())
                .as("of other signers nothing is known")
                .isEqualTo(201);
    }

    @Test
    void aRequestNeverChanges() {
        api.post(ALL, body());
        var other = body(TestRequest.of("mallory").pem(), "example.com/x", CLIENT, "");
        var answer =
                api.put(JOHN, other.replaceFirst("\"name\":\"john\"", "\"name\":\"john\",\"labels\":{\"a\":\"b\"}"));
        assertThat(answer.code()).as(answer.message()).isEqualTo(200);
        assertThat(answer.text("/spec/signerName")).isEqualTo(SignerNames.API_CLIENT);
        assertThat(answer.text("/metadata/labels/a")).isEqualTo("b");
        assertThat(api.patch(JOHN, "merge", "{\"status\":{\"certificate\":\"eA==\"}}")
                        .json()
                        .at("/status")
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void anApprovalGetsItsTimesAndKeepsThem() {
        api.post(ALL, body());
        var approved = put("approval", condition("Approved"), "");
        String now = api.clock
                .instant()
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
        assertThat(approved.text("/status/conditions/0/lastUpdateTime")).isEqualTo(now);
        assertThat(approved.text("/status/conditions/0/lastTransitionTime")).isEqualTo(now);
        api.clock.advance(java.time.Duration.ofMinutes(1));
        var again = put("approval", condition("Approved"), "");
        assertThat(again.text("/status/conditions/0/lastUpdateTime")).isNotEqualTo(now);
        assertThat(again.text("/status/conditions/0/lastTransitionTime")).isEqualTo(now);
    }

    @Test
    void anApprovalCannotBringACertificateOrAnotherRequest() {
        api.post(ALL, body());
        var answer = api.patch(
                JOHN + "/approval",
                "merge",
                "{\"spec\":{\"signerName\":\"a.b/c\"},\"status\":{\"certificate\":\"eA==\",\"conditions\":["
                        + condition("Approved") + "]}}");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text("/status/certificate")).isEmpty();
        assertThat(answer.text("/spec/signerName")).isEqualTo(SignerNames.API_CLIENT);
    }

    @Test
    void yesAndNoExcludeEachOtherAndStay() {
        api.post(ALL, body());
        assertThat(put("approval", condition("Approved"), "").code()).isEqualTo(200);
        var both = put("approval", condition("Approved") + "," + condition("Denied"), "");
        assertThat(both.code()).isEqualTo(422);
        assertThat(both.message()).contains("Approved and Denied conditions are mutually exclusive");
        var none = put("approval", "", "");
        assertThat(none.code()).isEqualTo(422);
        assertThat(none.message())
                .contains("status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"");
    }

    @ParameterizedTest
    @MethodSource("badConditions")
    void conditionsAreChecked(Refused row) {
        api.post(ALL, body());
        var answer = put("approval", row.body(), "");
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.text("/details/causes/0/field")).isEqualTo(row.field());
        assertThat(answer.text("/details/causes/0/reason")).isEqualTo(row.reason());
    }

    static List<Refused> badConditions() {
        return List.of(
                new Refused("no type", "{\"status\":\"True\"}", "status.conditions[0].type", "FieldValueRequired"),
                new Refused("no status", "{\"type\":\"X\"}", "status.conditions[0].status", "FieldValueRequired"),
                new Refused(
                        "not denied",
                        "{\"type\":\"Denied\",\"status\":\"False\"}",
                        "status.conditions[0].status",
                        "FieldValueNotSupported"),
                new Refused(
                        "twice",
                        condition("X") + "," + condition("X"),
                        "status.conditions[1].type",
                        "FieldValueDuplicate"));
    }

    @Test
    void theSignerSaysNeitherYesNorNo() {
        api.post(ALL, body());
        var answer = put("status", condition("Approved"), "");
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).contains("updates may not add a condition of type \"Approved\"");
        assertThat(put("status", condition("Failed"), "").code()).isEqualTo(200);
        assertThat(put("status", "", "").message()).contains("updates may not remove a condition of type \"Failed\"");
    }

    @Test
    void aCertificateIsBroughtOnceAndStays() {
        api.post(ALL, body());
        String pem = dev.muster.crypto.x509.Pem.write(List.of(TestCa.root("x").certificate()));
        assertThat(put("status", "", "\"certificate\":\"" + base64("hello") + "\"")
                        .message())
                .contains("must contain at least one CERTIFICATE PEM block");
        assertThat(put(
                                "status",
                                "",
                                "\"certificate\":\""
                                        + base64(TestRequest.of("x").pem()) + "\"")
                        .message())
                .contains("only CERTIFICATE PEM blocks are allowed");
        var brought = put("status", "", "\"certificate\":\"" + base64("from us\n" + pem) + "\"");
        assertThat(brought.code()).as(brought.message()).isEqualTo(200);
        var other = put("status", "", "\"certificate\":\"" + base64(pem) + "\"");
        assertThat(other.code()).isEqualTo(422);
        assertThat(other.message()).contains("updates may not modify existing certificate content");
    }

    @Test
    void requestsAreSelectedBySignerAndShownAsTable() {
        api.post(ALL, body());
        var selected = api.get(ALL + "?fieldSelector=spec.signerName%3Da.b%2Fc");
        assertThat(selected.json().get("items")).isEmpty();
        selected = api.get(ALL + "?fieldSelector=spec.signerName%3Dkubernetes.io%2Fkube-apiserver-client");
        assertThat(selected.json().get("items")).hasSize(1);
        var table = api.send(FakeExchange.get(ALL).header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        assertThat(table.json().at("/rows/0/cells").toString())
                .isEqualTo("[\"john\",\"0s\",\"kubernetes.io/kube-apiserver-client\",\"jane\",\"<none>\",\"Pending\"]");
    }
}

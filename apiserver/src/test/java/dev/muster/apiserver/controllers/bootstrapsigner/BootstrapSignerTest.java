package dev.muster.apiserver.controllers.bootstrapsigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apiserver.controllers.BootstrapControllers;
import dev.muster.apiserver.testing.Api;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapSignerTest {

    private static final String INFO = "/api/v1/namespaces/kube-public/configmaps/cluster-info";
    private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
    private static final String KEY = "0123456789abcdef";
    private static final String CONTENT = "apiVersion: v1\nkind: Config\n";

    private final Api api = new Api();
    private final BootstrapSigner signer = new BootstrapSigner(api.resources.access(), Api.KINDS, api.clock);

    @AfterEach
    void close() {
        api.close();
    }

    private void publish() {
        var made = api.post("/api/v1/namespaces/kube-public/configmaps", """
                {"metadata":{"name":"cluster-info"},"data":{"kubeconfig":"apiVersion: v1\\nkind: Config\\n","other":"kept"}}""");
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
    }

    private void token(String id, String more) {
        var made = api.post(SECRETS, """
                {"metadata":{"name":"bootstrap-token-%s"},"type":"bootstrap.kubernetes.io/token",
                "stringData":{"token-id":"%s","token-secret":"%s","usage-bootstrap-signing":"true"%s}}""".formatted(id, id, KEY, more));
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
    }

    private String signature(String id) {
        return api.get(INFO).text("/data/jws-kubeconfig-" + id);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** As somebody computes it who knows the token alone. */
    private static String computed(String id, String content) {
        try {
            String header = base64(("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}").getBytes(StandardCharsets.US_ASCII));
            String input = header + "." + base64(content.getBytes(StandardCharsets.UTF_8));
            var mac = Mac.getInstance("HmacSHA256");
            // Some pad the key with zeros to the length that the standard asks for: HMAC takes it for the same.
            mac.init(new SecretKeySpec((KEY + "\0".repeat(16)).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return header + ".." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSignatureIsByteForByteWhatSomebodyComputesWhoKnowsTheTokenAlone() {
        publish();
        token("abcdef", "");
        assertThat(signer.reconcile("")).isEmpty();
        assertThat(signature("abcdef"))
                .startsWith("eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..")
                .isEqualTo(computed("abcdef", CONTENT));
        assertThat(api.get(INFO).text("/data/other")).isEqualTo("kept");
    }

    /** {@code printf '%s' "$header.$payload" | openssl dgst -sha256 -hmac 0123456789abcdef}. */
    @Test
    void theSignatureIsTheOneOpensslMakes() {
        String jws = DetachedJws.of("hello", "abcdef", KEY.getBytes(StandardCharsets.US_ASCII));
        String hex = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(jws.substring(jws.lastIndexOf('.') + 1)));
        assertThat(hex).isEqualTo("331b276c28c1698cdc6cd2056b4e85fb0b85f4b5f6eab84c96b2f8cc0d79d75b");
    }

    @Test
    void aChangedKubeconfigIsSignedAnew() {
        publish();
        token("abcdef", "");
        signer.reconcile("");
        assertThat(api.patch(INFO, "merge", "{\"data\":{\"kubeconfig\":\"other\"}}")
                        .code())
                .isEqualTo(200);
        signer.reconcile("");
        assertThat(signature("abcdef")).isEqualTo(computed("abcdef", "other"));
    }

    @Test
    void aRotatedSecretLeavesNoSignatureOfTheOldOne() {
        publish();
        token("abcdef", "");
        signer.reconcile("");
        api.delete(SECRETS + "/bootstrap-token-abcdef");
        token("ghijkl", "");
        signer.reconcile("");
        assertThat(signature("abcdef")).isEmpty();
        assertThat(signature("ghijkl")).isEqualTo(computed("ghijkl", CONTENT));
    }

    @Test
    void aTokenThatIsOverLosesItsSignatureWithoutBeingTouched() {
        publish();
        token("abcdef", ",\"expiration\":\"2026-03-01T12:10:00Z\"");
        token("ghijkl", ",\"expiration\":\"2026-03-01T13:00:00Z\"");
        token("mnopqr", "");
        assertThat(signer.reconcile("")).contains(Duration.ofMinutes(10));
        api.clock.advance(Duration.ofMinutes(10));
        assertThat(signer.reconcile("")).contains(Duration.ofMinutes(50));
        assertThat(signature("abcdef")).isEmpty();
        assertThat(signature("ghijkl")).isNotEmpty();
        assertThat(signature("mnopqr")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"usage-bootstrap-signing\":\"True\"",
                ",\"usage-bootstrap-signing\":\"true\\n\"",
                ",\"usage-bootstrap-signing\":\"\"",
                ",\"expiration\":\"garbage\"",
                ",\"expiration\":\"2026-03-01T12:00:00Z\"",
                ",\"token-id\":\"abcdeg\"",
                ",\"token-id\":\"abcdef\\n\"",
                ",\"token-secret\":\"\"",
                ",\"token-secret\":\"short\"",
                ",\"token-secret\":\"0123456789abcdef\\n\""
            })
    void aTokenThatMayNotSignSignsNothing(String more) {
        publish();
        var made = api.post(SECRETS, """
                {"metadata":{"name":"bootstrap-token-abcdef"},"type":"bootstrap.kubernetes.io/token",
                "stringData":{"token-id":"abcdef","token-secret":"0123456789abcdef","usage-bootstrap-signing":"true"}}""");
        signer.reconcile("");
        assertThat(signature("abcdef")).isNotEmpty();
        assertThat(made.code()).isEqualTo(201);
        api.patch(SECRETS + "/bootstrap-token-abcdef", "merge", "{\"stringData\":{\"description\":\"x\"" + more + "}}");
        signer.reconcile("");
        assertThat(signature("abcdef")).isEmpty();
    }

    @Test
    void withoutAKubeconfigNothingIsSigned() {
        token("abcdef", "");
        assertThat(signer.reconcile("")).isEmpty();
        api.post(
                "/api/v1/namespaces/kube-public/configmaps",
                "{\"metadata\":{\"name\":\"cluster-info\"},\"data\":{\"x\":\"y\"}}");
        assertThat(signer.reconcile("")).isEmpty();
        assertThat(signature("abcdef")).isEmpty();
    }

    @Test
    void nothingIsWrittenWhenNothingChanged() {
        publish();
        token("abcdef", "");
        signer.reconcile("");
        String before = api.get(INFO).version();
        signer.reconcile("");
        assertThat(api.get(INFO).version()).isEqualTo(before);
    }

    @Test
    void whoIsKilledBeforeOrAfterTheWriteConvergesInTheNextLife() {
        publish();
        token("abcdef", "");
        for (boolean written : new boolean[] {false, true}) {
            var killed = new BootstrapSigner(new Killed(api.resources.access(), written), Api.KINDS, api.clock);
            assertThatThrownBy(() -> killed.reconcile("")).isInstanceOf(IllegalStateException.class);
        }
        String before = api.get(INFO).version();
        signer.reconcile("");
        assertThat(api.get(INFO).version()).isEqualTo(before);
        assertThat(signature("abcdef")).isEqualTo(computed("abcdef", CONTENT));
    }

    @Test
    void whoMeetsAnotherWriterLooksAgainSoonAndSpoilsNothing() {
        publish();
        token("abcdef", "");
        var raced = new BootstrapSigner(new Raced(api.resources.access(), api), Api.KINDS, api.clock);
        assertThat(raced.reconcile("")).contains(Duration.ofMillis(20));
        assertThat(api.get(INFO).text("/data/other")).isEqualTo("changed meanwhile");
        assertThat(signature("abcdef")).isEmpty();
        signer.reconcile("");
        assertThat(signature("abcdef")).isEqualTo(computed("abcdef", CONTENT));
    }

    @Test
    void runningItFollowsTokensAndCleansUp() {
        try (var _ = BootstrapControllers.start(api.resources.access(), Api.KINDS, api.cache, api.clock)) {
            publish();
            token("abcdef", ",\"expiration\":\"2026-03-01T12:10:00Z\"");
            token("ghijkl", "");
            Api.eventually(
                    () -> !signature("abcdef").isEmpty() && !signature("ghijkl").isEmpty());
            api.clock.advance(Duration.ofMinutes(10));
            Api.eventually(() -> signature("abcdef").isEmpty());
            Api.eventually(() -> api.get(SECRETS + "/bootstrap-token-abcdef").code() == 404);
            api.delete(SECRETS + "/bootstrap-token-ghijkl");
            Api.eventually(() -> signature("ghijkl").isEmpty());
            api.patch(INFO, "merge", "{\"data\":{\"jws-kubeconfig-zzzzzz\":\"forged\"}}");
            Api.eventually(() -> signature("zzzzzz").isEmpty());
        }
    }
}

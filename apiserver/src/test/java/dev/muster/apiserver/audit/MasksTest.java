package dev.muster.apiserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a credential is hidden wherever it stands; what names an object is not. */
class MasksTest {

    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl";

    private static String pem(String type) {
        return "-----BEGIN " + type + "-----\nMIIBVQIBADANBgkq\n-----END " + type + "-----\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    record Hidden(String text, String secret) {}

    static Stream<Hidden> hidden() {
        return Stream.of(
                new Hidden(JWT, JWT),
                new Hidden("token=" + JWT + ", please", "c2lnbmF0dXJl"),
                new Hidden("/api/v1/namespaces/" + JWT, "eyJzdWI"),
                new Hidden("x%3D" + JWT, "eyJzdWI"),
                new Hidden("Bearer abcdefgh12345", "abcdefgh12345"),
                new Hidden("curl -H 'Authorization: bearer  S3cret.S3cret'", "S3cret"),
                new Hidden("Basic amFuZTpwYXNzd29yZA==", "amFuZTpwYXNzd29yZA"),
                new Hidden("kubeadm join --token 07401b.f395accd246ae52d x", "f395accd246ae52d"),
                new Hidden("{\"token\":\"muster_at_" + "a".repeat(43) + "\"}", "aaaa"),
                new Hidden(pem("PRIVATE KEY"), "MIIBVQ"),
                new Hidden(pem("RSA PRIVATE KEY"), "MIIBVQ"),
                new Hidden("a " + pem("ENCRYPTED PRIVATE KEY") + " b", "MIIBVQ"),
                new Hidden("-----BEGIN EC PRIVATE KEY-----\ncut short", "cut short"),
                new Hidden(
                        base64(pem("PRIVATE KEY")), base64(pem("PRIVATE KEY")).substring(20)),
                new Hidden(
                        base64(pem("EC PRIVATE KEY")),
                        base64(pem("EC PRIVATE KEY")).substring(24)),
                new Hidden(
                        base64(pem("OPENSSH PRIVATE KEY")),
                        base64(pem("OPENSSH PRIVATE KEY")).substring(24)));
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void credentialsAreHidden(Hidden row) {
        assertThat(Masks.text(row.text())).contains(Masks.MASK).doesNotContain(row.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"web\"",
                "rolebindings.rbac.authorization.k8s.io",
                "2ba1ae0e-d909-4edf-8a62-82dff898a7f9",
                "X509SHA256=6013c24ff2b1dc0957230bcfb66bc4f141e5dff88c1a345aa757f23195e96bbe",
                "kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0",
                "the bearer of news",
                ""
            })
    void whatIsNoneStays(String text) {
        assertThat(Masks.text(text)).isEqualTo(text);
    }

    @org.junit.jupiter.api.Test
    void certificatesAndTheirRequestsStay() {
        for (String type : new String[] {"CERTIFICATE", "CERTIFICATE REQUEST", "PUBLIC KEY"}) {
            assertThat(Masks.text(pem(type))).isEqualTo(pem(type));
            assertThat(Masks.text(base64(pem(type)))).isEqualTo(base64(pem(type)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=hunter2",
                "watch=1&access_token=hunter2",
                "Access%5FToken=hunter2",
                "ACCESS-TOKEN=hunter2&a=b",
                "&code=hunter2",
                "%zz=hunter2"
            })
    void parametersThatCarryTokensAreHidden(String query) {
        assertThat(Masks.uri("/x", query)).startsWith("/x?").doesNotContain("hunter2");
    }

    @org.junit.jupiter.api.Test
    void otherParametersStayAsTheyCame() {
        assertThat(Masks.uri("/api", "a=1&&b&=c&limit=500")).isEqualTo("/api?a=1&&b&=c&limit=500");
        assertThat(Masks.uri("/api", "")).isEqualTo("/api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+", "%20", " ", "eyJ", ".", "muster_at_", "a.", "-----BEGIN PRIVATE KEY-----", "LS0tLS1CRUdJTiB"
            })
    void aLineOfNothingElseIsReadToItsEnd(String piece) {
        String text = "bearer" + piece.repeat(60_000) + " abcdefgh12345";
        assertThat(Masks.text(text)).isNotEmpty();
    }
}

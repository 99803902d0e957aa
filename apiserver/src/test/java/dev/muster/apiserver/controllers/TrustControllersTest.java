package dev.muster.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.apiserver.controllers.clustertrust.ClusterTrust;
import dev.muster.apiserver.testing.Api;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.TestCa;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrustControllersTest {

    private static final String MAPS = "/api/v1/namespaces/kube-system/configmaps";
    private static final String PATH = MAPS + "/extension-apiserver-authentication";
    private static final X509Certificate CLIENTS = TestCa.root("clients").certificate();
    private static final X509Certificate PROXIES = TestCa.root("proxies").certificate();
    private static final X509Certificate OTHERS = TestCa.root("others").certificate();
    private static final ClusterTrust.Headers HEADERS = new ClusterTrust.Headers(
            List.of("X-Remote-User"), List.of("X-Remote-Uid"), List.of("X-Remote-Group"), List.of("X-Remote-Extra-"));

    private final Api api = new Api();
    private final AtomicReference<ClusterTrust> own =
            new AtomicReference<>(new ClusterTrust(List.of(CLIENTS), List.of(PROXIES), List.of("proxy"), HEADERS));
    private TrustControllers running;

    private void start() {
        running = TrustControllers.start(api.resources.access(), Api.KINDS, api.cache, own::get, api.clock);
    }

    @AfterEach
    void close() {
        running.close();
        api.close();
    }

    private JsonNode data() {
        var answer = api.get(PATH);
        return answer.code() == 200 ? answer.json().path("data") : JsonNodeFactory.instance.missingNode();
    }

    private static List<X509Certificate> certificates(JsonNode data, String key) {
        try {
            return Pem.certificates(data.path(key).asText().getBytes(StandardCharsets.US_ASCII));
        } catch (MalformedPem e) {
            return List.of();
        }
    }

    private void put(String key, String value) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("data").put(key, value);
        api.patch(PATH, "merge", new String(Json.write(patch), StandardCharsets.UTF_8));
    }

    @Test
    void whatTheServerBelievesIsToldInKubernetesForm() {
        start();
        Api.eventually(() -> !data().isMissingNode());
        var data = data();
        assertThat(data.properties()).hasSize(7);
        assertThat(certificates(data, "client-ca-file")).containsExactly(CLIENTS);
        assertThat(certificates(data, "requestheader-client-ca-file")).containsExactly(PROXIES);
        assertThat(data.path("requestheader-allowed-names").asText()).isEqualTo("[\"proxy\"]");
        assertThat(data.path("requestheader-username-headers").asText()).isEqualTo("[\"X-Remote-User\"]");
        assertThat(data.path("requestheader-uid-headers").asText()).isEqualTo("[\"X-Remote-Uid\"]");
        assertThat(data.path("requestheader-group-headers").asText()).isEqualTo("[\"X-Remote-Group\"]");
        assertThat(data.path("requestheader-extra-headers-prefix").asText()).isEqualTo("[\"X-Remote-Extra-\"]");
    }

    @Test
    void withoutFrontProxiesOnlyTheClientsAuthorityIsTold() {
        own.set(new ClusterTrust(List.of(CLIENTS), List.of(), List.of(), ClusterTrust.Headers.NONE));
        start();
        Api.eventually(() -> !data().isMissingNode());
        assertThat(data().properties()).hasSize(1);
    }

    @Test
    void whatIsDeletedOrGarbledComesBack() {
        start();
        Api.eventually(() -> !data().isMissingNode());
        var told = data();
        api.delete(PATH);
        Api.eventually(() -> data().equals(told));
        put("requestheader-client-ca-file", "no PEM at all");
        Api.eventually(() -> data().equals(told));
        put("requestheader-username-headers", "[1,");
        Api.eventually(() -> data().equals(told));
        put("something-else", "x");
        Api.eventually(() -> data().equals(told));
    }

    @Test
    void severalServersAddUp() {
        start();
        Api.eventually(() -> !data().isMissingNode());
        put("requestheader-client-ca-file", Pem.write(List.of(OTHERS)));
        Api.eventually(
                () -> certificates(data(), "requestheader-client-ca-file").size() == 2);
        assertThat(certificates(data(), "requestheader-client-ca-file")).containsExactly(OTHERS, PROXIES);
        put("requestheader-allowed-names", "[\"another\"]");
        Api.eventually(() -> data().path("requestheader-allowed-names").asText().equals("[\"another\",\"proxy\"]"));
    }

    @Test
    void whatHasExpiredForFiveMinutesIsDropped() {
        var now = api.clock.instant();
        var keys = KeyKind.P256.newPair();
        var gone = expiring("gone", now.minus(Duration.ofMinutes(6)), keys);
        var barely = expiring("barely", now.minus(Duration.ofMinutes(4)), keys);
        own.set(new ClusterTrust(List.of(gone, barely, CLIENTS), List.of(), List.of(), HEADERS));
        start();
        Api.eventually(() -> !data().isMissingNode());
        assertThat(certificates(data(), "client-ca-file")).containsExactly(barely, CLIENTS);
    }

    private static X509Certificate expiring(String name, java.time.Instant end, java.security.KeyPair keys) {
        return TestCa.selfSigned(
                        CertificateSpec.authority(name).on(keys).valid(end.minus(Duration.ofDays(1)), end),
                        KeyKind.P256)
                .certificate();
    }
}

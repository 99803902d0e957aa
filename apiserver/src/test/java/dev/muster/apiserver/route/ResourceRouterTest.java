package dev.muster.apiserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceRouterTest {

    private final Api api = new Api();

    @BeforeEach
    void make() {
        api.configMap("a", "1");
        api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}");
        api.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private int code(String method, String target) {
        return api.send(FakeExchange.of(method, target)
                        .header("Content-Type", "application/json")
                        .body("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .code();
    }

    @Test
    void aVersionThatKubernetesHasGivenUpNamesTodays() {
        var missing = api.get("/apis/rbac.authorization.k8s.io/v1alpha1/namespaces/x/roles");

        assertThat(missing.code()).isEqualTo(404);
        assertThat(missing.message())
                .startsWith("the server could not find the requested resource: ")
                .contains("write apiVersion: rbac.authorization.k8s.io/v1;")
                .contains("nonResourceURLs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/nope.io/v1/foos",
                "/api/v1/foos",
                "/api/v2/pods",
                "/apis/rbac.authorization.k8s.io/v7/roles",
                "/api/v1/namespaces/default/foos/x",
                "/api/v1/namespaces/default/configmaps/a/status",
                "/api/v1/namespaces/default/configmaps/a/nope",
                "/api/v1/nodes/n/status/more",
                "/api/v1/namespaces/default/configmaps//",
                "/api/v1/namespaces//configmaps",
                "/api/v1/configmaps/a",
                "/apis/v1/configmaps/x/y",
            })
    void whatIsNotServedIs404(String target) {
        var missing = api.get(target);
        if (target.endsWith("configmaps//")) {
            assertThat(missing.code()).as("slashes at the end do not count").isEqualTo(200);
            return;
        }
        assertThat(missing.code()).as(missing.toString()).isEqualTo(404);
        assertThat(missing.message()).isEqualTo("the server could not find the requested resource");
        assertThat(missing.reason()).isEqualTo("NotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/default/nodes",
                "/api/v1/namespaces/default/nodes/n",
                "/api/v1/namespaces/default/nodes/n/status",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles/r",
                "/api/v1/namespaces/default/namespaces/default",
                "/api/v1/namespaces/default/namespaces/kube-system",
                "/api/v1/watch/namespaces/default/nodes",
            })
    void cve2019_11247_aNamespacedPathNeverReachesWhatIsOfTheWholeCluster(String target) {
        for (String method : new String[] {"GET", "PUT", "POST", "PATCH", "DELETE"}) {
            assertThat(code(method, target)).as(method + " " + target).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/namespaces/default/configmaps/a",
        "POST, /api/v1/configmaps",
        "PUT, /api/v1/namespaces/default/configmaps",
        "PUT, /api/v1/configmaps",
        "PATCH, /api/v1/namespaces/default/configmaps",
        "DELETE, /api/v1/configmaps",
        "DELETE, /api/v1/namespaces",
        "OPTIONS, /api/v1/namespaces/default/configmaps",
        "BREW, /api/v1/namespaces/default/configmaps/a",
        "GET, /api/v1/namespaces/default/finalize",
        "POST, /api/v1/namespaces/default/finalize",
        "PATCH, /api/v1/namespaces/default/finalize",
        "DELETE, /api/v1/namespaces/default/status",
        "POST, /api/v1/nodes/n/status",
    })
    void aVerbThatAResourceDoesNotHaveIs405(String method, String target) {
        var refused = api.send(FakeExchange.of(method, target)
                .header("Content-Type", "application/json")
                .body("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(405);
        assertThat(refused.reason()).isEqualTo("MethodNotAllowed");
        assertThat(refused.message()).isEqualTo("the server does not allow this method on the requested resource");
    }

    @Test
    void headIsGetWithoutItsBodyBeingOurConcern() {
        assertThat(code("HEAD", "/api/v1/namespaces/default/configmaps/a")).isEqualTo(200);
        assertThat(code("HEAD", "/api/v1/namespaces/default/configmaps/b")).isEqualTo(404);
    }

    @Test
    void aNamespaceIsReadByItsOwnPath() {
        assertThat(api.get("/api/v1/namespaces/default").text("/metadata/name")).isEqualTo("default");
        assertThat(api.get("/api/v1/namespaces/default/status").text("/status/phase"))
                .isEqualTo("Active");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "%2e%2e", "a%25", "nul%00"})
    void namesThatAreNoNamesAreNowhere(String name) {
        try {
            assertThat(api.get("/api/v1/namespaces/default/configmaps/" + name).code())
                    .isIn(400, 404);
        } catch (dev.muster.api.meta.StatusException e) {
            assertThat(e.status().code()).isEqualTo(400);
        }
    }
}

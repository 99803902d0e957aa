package dev.muster.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllersTest {

    private final Api api = new Api();
    private final Controllers controllers = Controllers.start(api.resources, Api.KINDS, api.cache, api.clock);

    @AfterEach
    void close() {
        controllers.close();
        api.close();
    }

    @Test
    void theSystemsNamespacesAreThere() {
        for (String name : new String[] {"default", "kube-system", "kube-public", "kube-node-lease"}) {
            assertThat(api.get("/api/v1/namespaces/" + name).text("/status/phase"))
                    .isEqualTo("Active");
        }
    }

    @Test
    void aSystemNamespaceThatGoesComesBack() {
        String before = api.get("/api/v1/namespaces/kube-node-lease").text("/metadata/uid");
        assertThat(api.delete("/api/v1/namespaces/kube-node-lease").code()).isEqualTo(200);
        Api.eventually(() -> {
            var now = api.get("/api/v1/namespaces/kube-node-lease");
            return now.code() == 200 && !now.text("/metadata/uid").equals(before);
        });
    }

    @Test
    void aNamespaceGoesWithEverythingInIt() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
        api.post("/api/v1/namespaces/team/configmaps", Api.configMapJson("a", "1"));
        api.post("/api/v1/namespaces/team/secrets", "{\"metadata\":{\"name\":\"s\"}}");
        api.post("/apis/rbac.authorization.k8s.io/v1/namespaces/team/roles", "{\"metadata\":{\"name\":\"r\"}}");
        var asked = api.delete("/api/v1/namespaces/team");
        assertThat(asked.code()).isEqualTo(200);
        assertThat(asked.text("/status/phase")).isEqualTo("Terminating");
        assertThat(asked.text("/metadata/deletionTimestamp")).isNotEmpty();
        Api.eventually(() -> api.get("/api/v1/namespaces/team").code() == 404);
        for (String left : new String[] {
            "/api/v1/configmaps?fieldSelector=metadata.namespace%3Dteam",
            "/api/v1/namespaces/team/secrets",
            "/apis/rbac.authorization.k8s.io/v1/namespaces/team/roles"
        }) {
            assertThat(api.get(left).json().get("items")).as(left).isEmpty();
        }
        assertThat(api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}")
                        .code())
                .isEqualTo(201);
    }

    @Test
    void aFinalizerInsideHoldsTheNamespace() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
        String held = "/api/v1/namespaces/team/configmaps/held";
        api.post(
                "/api/v1/namespaces/team/configmaps",
                "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/x\"]}}");
        api.delete("/api/v1/namespaces/team");
        Api.eventually(() -> !api.get(held).text("/metadata/deletionTimestamp").isEmpty());
        assertThat(api.get("/api/v1/namespaces/team").text("/status/phase")).isEqualTo("Terminating");
        assertThat(api.patch(held, "merge", "{\"metadata\":{\"finalizers\":[]}}")
                        .code())
                .isEqualTo(200);
        api.clock.advance(Duration.ofSeconds(3));
        Api.eventually(() -> api.get("/api/v1/namespaces/team").code() == 404);
    }

    @Test
    void aNamespaceOfSomebodyElsesFinalizerIsLeftToThem() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\",\"finalizers\":[\"example.com/x\"]}}");
        api.delete("/api/v1/namespaces/team");
        Api.eventually(() ->
                api.get("/api/v1/namespaces/team").json().at("/spec/finalizers").isEmpty());
        assertThat(api.patch("/api/v1/namespaces/team", "merge", "{\"metadata\":{\"finalizers\":null}}")
                        .code())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/namespaces/team").code()).isEqualTo(404);
    }

    @Test
    void finalizersOfANamespaceGoThroughFinalizeAlone() {
        var made = api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
        assertThat(made.text("/spec/finalizers/0")).isEqualTo("kubernetes");
        var put = api.put("/api/v1/namespaces/team/finalize", "{\"metadata\":{\"name\":\"team\"},\"spec\":{}}");
        assertThat(put.code()).isEqualTo(200);
        assertThat(put.json().at("/spec/finalizers").isEmpty()).isTrue();
    }
}

package dev.muster.apiserver.write;

import static dev.muster.apiserver.testing.Api.configMapJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateTest {

    private static final String A = "/api/v1/namespaces/default/configmaps/a";

    private final Api api = new Api();
    private Api.Answer made;

    @BeforeEach
    void make() {
        made = api.configMap("a", "1");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aPutReplacesAndKeepsWhatIsTheSystems() {
        var put = api.put(A, configMapJson("a", "2"));
        assertThat(put.code()).isEqualTo(200);
        assertThat(put.text("/data/k")).isEqualTo("2");
        assertThat(put.text("/metadata/uid")).isEqualTo(made.text("/metadata/uid"));
        assertThat(put.text("/metadata/creationTimestamp")).isEqualTo(made.text("/metadata/creationTimestamp"));
        assertThat(put.version()).isNotEqualTo(made.version());
    }

    @Test
    void aPutThatChangesNothingWritesNothing() {
        var put = api.put(A, configMapJson("a", "1"));
        assertThat(put.code()).isEqualTo(200);
        assertThat(put.version()).isEqualTo(made.version());
    }

    @Test
    void aPutOfSomethingMissingIs404() {
        var put = api.put("/api/v1/namespaces/default/configmaps/b", configMapJson("b", "1"));
        assertThat(put.code()).isEqualTo(404);
        assertThat(put.message()).isEqualTo("configmaps \"b\" not found");
    }

    @Test
    void anOldVersionIsAConflict() {
        api.put(A, configMapJson("a", "2"));
        var late = api.put(A, made.exchange().text().replace("\"k\":\"1\"", "\"k\":\"3\""));
        assertThat(late.code()).isEqualTo(409);
        assertThat(late.reason()).isEqualTo("Conflict");
        assertThat(late.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply"
                                + " your changes to the latest version and try again");
        assertThat(late.text("/details/name")).isEqualTo("a");
    }

    @Test
    void aVersionThatIsNoNumberIs422() {
        var put = api.put(A, "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"abc\"}}");
        assertThat(put.code()).isEqualTo(422);
        assertThat(put.text("/details/causes/0/field")).isEqualTo("metadata.resourceVersion");
    }

    @Test
    void anotherUidIsAConflict() {
        var put = api.put(A, "{\"metadata\":{\"name\":\"a\",\"uid\":\"other\"}}");
        assertThat(put.code()).isEqualTo(409);
        assertThat(put.message()).contains("Precondition failed: UID in precondition: other, UID in object meta: ");
    }

    @Test
    void theNameMustBeTheUrls() {
        var other = api.put(A, configMapJson("b", "2"));
        assertThat(other.code()).isEqualTo(400);
        assertThat(other.message()).isEqualTo("the name of the object (b) does not match the name on the URL (a)");
        assertThat(api.put(A, "{}").code()).isEqualTo(400);
    }

    @Test
    void aDryRunStoresNothing() {
        assertThat(api.put(A + "?dryRun=All", configMapJson("a", "2")).text("/data/k"))
                .isEqualTo("2");
        assertThat(api.get(A).text("/data/k")).isEqualTo("1");
    }

    @Test
    void theStatusSubresourceChangesTheStatusAlone() {
        api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"podCIDR\":\"10.0.0.0/24\"}}");
        var put = api.put(
                "/api/v1/nodes/n/status",
                "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"podCIDR\":\"10.9.9.0/24\",\"unschedulable\":true},"
                        + "\"status\":{\"phase\":\"Running\"}}");
        assertThat(put.code()).as(put.toString()).isEqualTo(200);
        assertThat(put.text("/status/phase")).isEqualTo("Running");
        assertThat(put.text("/spec/podCIDR")).isEqualTo("10.0.0.0/24");
        assertThat(put.json().at("/spec/unschedulable").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/nodes/n/status").text("/status/phase")).isEqualTo("Running");
    }

    @Test
    void thePodsStatusIsChangedByItsSubresourceAlone() {
        var pod = api.post("/api/v1/namespaces/default/pods", """
                {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running"}}""");
        assertThat(pod.code()).as(pod.toString()).isEqualTo(201);
        assertThat(pod.text("/status/phase")).isEqualTo("Pending");
        String target = "/api/v1/namespaces/default/pods/p/status";
        var patched =
                api.patch(target, "strategic-merge", "{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.0.0.1\"}}");
        assertThat(patched.code()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.text("/status/phase")).isEqualTo("Running");
        assertThat(patched.text("/spec/containers/0/image")).isEqualTo("i");
    }

    @Test
    void theNamespacesStatusIsChangedByItsSubresourceAlone() {
        var put = api.put(
                "/api/v1/namespaces/default/status",
                "{\"metadata\":{\"name\":\"default\"},\"status\":{\"phase\":\"Active\",\"conditions\":"
                        + "[{\"type\":\"X\",\"status\":\"True\"}]}}");
        assertThat(put.code()).as(put.toString()).isEqualTo(200);
        assertThat(put.text("/status/conditions/0/type")).isEqualTo("X");
        assertThat(put.text("/spec/finalizers/0")).isEqualTo("kubernetes");
    }
}

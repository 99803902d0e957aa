package dev.muster.apiserver.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aDeletedObjectIsGoneAndNamed() {
        var made = api.configMap("a", "1");
        var gone = api.delete(CONFIG_MAPS + "/a");
        assertThat(gone.code()).isEqualTo(200);
        assertThat(gone.text("/status")).isEqualTo("Success");
        assertThat(gone.text("/details/name")).isEqualTo("a");
        assertThat(gone.text("/details/kind")).isEqualTo("configmaps");
        assertThat(gone.text("/details/uid")).isEqualTo(made.text("/metadata/uid"));
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
        assertThat(api.delete(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void preconditionsHold() {
        var made = api.configMap("a", "1");
        var uid = api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"uid\":\"other\"}}");
        assertThat(uid.code()).isEqualTo(409);
        assertThat(uid.message()).contains("UID in precondition: other");
        var version = api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
        assertThat(version.code()).isEqualTo(409);
        var right = api.delete(
                CONFIG_MAPS + "/a",
                "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\""
                        + made.text("/metadata/uid") + "\",\"resourceVersion\":\"" + made.version() + "\"}}");
        assertThat(right.code()).isEqualTo(200);
    }

    @Test
    void finalizersHoldAnObjectUntilTheLastIsTakenOff() {
        api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/hold\"]}}");
        var marked = api.delete(CONFIG_MAPS + "/a");
        assertThat(marked.code()).isEqualTo(200);
        assertThat(marked.text("/kind")).isEqualTo("ConfigMap");
        assertThat(marked.text("/metadata/deletionTimestamp")).isEqualTo("2026-03-01T12:00:00Z");
        var again = api.delete(CONFIG_MAPS + "/a");
        assertThat(again.version()).isEqualTo(marked.version());
        var taken = api.configMap("a", "1");
        assertThat(taken.code()).isEqualTo(409);
        assertThat(taken.message()).isEqualTo("object is being deleted: configmaps \"a\" already exists");
        var more = api.patch(
                CONFIG_MAPS + "/a", "merge", "{\"metadata\":{\"finalizers\":[\"a.b/c\",\"example.com/hold\"]}}");
        assertThat(more.code()).isEqualTo(422);
        var released = api.patch(CONFIG_MAPS + "/a", "merge", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(released.code()).isEqualTo(200);
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void aCallerCannotUndoOrFakeDeletion() {
        api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/hold\"]}}");
        api.delete(CONFIG_MAPS + "/a");
        var undone = api.patch(CONFIG_MAPS + "/a", "merge", "{\"metadata\":{\"deletionTimestamp\":null}}");
        assertThat(undone.text("/metadata/deletionTimestamp")).isNotEmpty();
        api.configMap("b", "1");
        var faked = api.patch(
                CONFIG_MAPS + "/b", "merge", "{\"metadata\":{\"deletionTimestamp\":\"2026-03-01T12:00:00Z\"}}");
        assertThat(faked.code()).isEqualTo(422);
    }

    @Test
    void aDryRunDeletesNothing() {
        api.configMap("a", "1");
        assertThat(api.delete(CONFIG_MAPS + "/a?dryRun=All").code()).isEqualTo(200);
        assertThat(api.delete(CONFIG_MAPS + "/a", "{\"dryRun\":[\"All\"]}").code())
                .isEqualTo(200);
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"propagationPolicy\":\"Nope\"} | 422",
                "{\"propagationPolicy\":\"Orphan\",\"orphanDependents\":true} | 422",
                "{\"dryRun\":[\"Some\"]} | 422",
                "{\"gracePeriodSeconds\":\"soon\"} | 400",
                "{\"kind\":\"ConfigMap\"} | 400",
                "{ | 400",
                "[] | 400",
            })
    void optionsThatMakeNoSenseDeleteNothing(String options, int code) {
        api.configMap("a", "1");
        var refused = api.delete(CONFIG_MAPS + "/a", options);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"propagationPolicy=Nope", "dryRun=x", "gracePeriodSeconds=x"})
    void queriesThatMakeNoSenseDeleteNothing(String query) {
        api.configMap("a", "1");
        assertThat(api.delete(CONFIG_MAPS + "/a?" + query).code()).isIn(400, 422);
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    }

    @Test
    void foregroundIsAcceptedWithAWarningThatNobodyCollects() {
        api.configMap("a", "1");
        var gone = api.delete(CONFIG_MAPS + "/a?propagationPolicy=Foreground");
        assertThat(gone.code()).isEqualTo(200);
        assertThat(gone.warnings()).hasSize(1).first().asString().contains("no garbage collector runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "kube-system", "kube-public"})
    void immortalNamespacesStay(String name) {
        var refused = api.delete("/api/v1/namespaces/" + name);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo("namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
    }

    @Test
    void aCollectionIsDeletedAsFarAsTheSelectorGoes() {
        for (String name : new String[] {"a", "b", "c"}) {
            api.configMap(name, name.equals("b") ? "keep" : "go");
        }
        var deleted = api.delete(CONFIG_MAPS + "?labelSelector=v%3Dgo");
        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.text("/kind")).isEqualTo("ConfigMapList");
        assertThat(deleted.json().get("items")).hasSize(2);
        assertThat(api.get(CONFIG_MAPS).json().at("/items/0/metadata/name").asText())
                .isEqualTo("b");
        assertThat(api.get(CONFIG_MAPS).json().get("items")).hasSize(1);
    }

    @Test
    void aSelectorThatCannotBeReadDeletesNothing() {
        api.configMap("a", "1");
        assertThat(api.delete(CONFIG_MAPS + "?labelSelector=a%20b%20c").code()).isEqualTo(400);
        assertThat(api.delete(CONFIG_MAPS + "?fieldSelector=data.k%3D1").code()).isEqualTo(400);
        assertThat(api.get(CONFIG_MAPS).json().get("items")).hasSize(1);
    }

    @Test
    void collectionsAreNotDeletedAcrossNamespacesAndNamespacesNotByTheCollection() {
        assertThat(api.delete("/api/v1/configmaps").code()).isEqualTo(405);
        assertThat(api.delete("/api/v1/namespaces").code()).isEqualTo(405);
    }
}

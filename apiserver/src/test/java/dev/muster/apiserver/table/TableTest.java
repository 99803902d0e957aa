package dev.muster.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl get shows. */
class TableTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String KUBECTL = "application/json;as=Table;v=v1;g=meta.k8s.io,"
            + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    private final Api api = new Api();

    @BeforeEach
    void make() {
        api.configMap("a", "1");
        api.configMap("b", "2");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Api.Answer table(String target) {
        return api.send(FakeExchange.get(target).header("Accept", KUBECTL));
    }

    @Test
    void aListIsATableOfItsObjectsWithTheListsVersion() {
        var table = table(CONFIG_MAPS + "?limit=1");
        assertThat(table.text("/kind")).isEqualTo("Table");
        assertThat(table.text("/apiVersion")).isEqualTo("meta.k8s.io/v1");
        assertThat(table.text("/columnDefinitions/0/name")).isEqualTo("Name");
        assertThat(table.json().get("rows")).hasSize(1);
        assertThat(table.text("/rows/0/cells/0")).isEqualTo("a");
        assertThat(table.text("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(table.version()).isEqualTo(api.cache.revision().toString());
        assertThat(table.text("/metadata/continue")).isNotEmpty();
        assertThat(table.json().at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
    }

    @Test
    void oneObjectIsATableOfOneRow() {
        var made = api.get(CONFIG_MAPS + "/a");
        var table = table(CONFIG_MAPS + "/a");
        assertThat(table.json().get("rows")).hasSize(1);
        assertThat(table.version()).isEqualTo(made.version());
    }

    @ParameterizedTest
    @CsvSource({"Object, ConfigMap", "Metadata, PartialObjectMetadata", "'', PartialObjectMetadata"})
    void rowsIncludeWhatIsAskedFor(String include, String kind) {
        assertThat(table(CONFIG_MAPS + "?includeObject=" + include).text("/rows/0/object/kind"))
                .isEqualTo(kind);
    }

    @Test
    void rowsMayIncludeNothing() {
        assertThat(table(CONFIG_MAPS + "?includeObject=None")
                        .json()
                        .at("/rows/0")
                        .hasNonNull("object"))
                .isFalse();
    }

    @Test
    void whatRowsCannotIncludeIs400() {
        for (String target : new String[] {CONFIG_MAPS, CONFIG_MAPS + "/a"}) {
            var refused = table(target + "?includeObject=Everything");
            assertThat(refused.code()).isEqualTo(400);
            assertThat(refused.message()).startsWith("Unable to convert to Table as requested: includeObject: ");
        }
        assertThat(table(CONFIG_MAPS + "?watch=true&includeObject=Everything").code())
                .isEqualTo(400);
    }

    @Test
    void aRefusalIsAStatusAndNoTable() {
        assertThat(table(CONFIG_MAPS + "/nope").text("/kind")).isEqualTo("Status");
    }

    @Test
    void aWatchSendsItsColumnsOnceAndARowForEachEvent() {
        var watch = table(CONFIG_MAPS + "?watch=true");
        api.configMap("c", "1");
        api.delete(CONFIG_MAPS + "/a");
        Api.eventually(() -> watch.lines().size() == 4);
        for (int i = 0; i < 4; i++) {
            var object = watch.lines().get(i).path("object");
            assertThat(object.path("kind").asText()).isEqualTo("Table");
            assertThat(object.path("columnDefinitions").isEmpty())
                    .as("line %d", i)
                    .isEqualTo(i > 0);
            assertThat(object.path("rows")).hasSize(1);
        }
        assertThat(watch.lines().getLast().path("type").asText()).isEqualTo("DELETED");
    }

    @Test
    void aWatchThatBeginsEmptySendsItsColumnsWithTheFirstChange() {
        var watch = table(CONFIG_MAPS + "?watch=true&resourceVersion=" + api.cache.revision());
        api.configMap("c", "1");
        api.configMap("d", "1");
        Api.eventually(() -> watch.lines().size() == 2);
        assertThat(watch.lines().getFirst().at("/object/columnDefinitions").isEmpty())
                .isFalse();
        assertThat(watch.lines().getLast().at("/object/columnDefinitions").isEmpty())
                .isTrue();
    }
}

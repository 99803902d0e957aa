package dev.muster.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.core.store.Revision;
import dev.muster.testkit.http.FakeExchange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private static List<String> names(Api.Answer answer) {
        var names = new ArrayList<String>();
        answer.json()
                .path("items")
                .forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }

    private void make(int count) {
        for (int i = 0; i < count; i++) {
            api.configMap("c%03d".formatted(i), i % 2 == 0 ? "even" : "odd");
        }
    }

    @Test
    void aListIsInOrderOfNamesAndItsItemsLeaveOutWhatTheListSays() {
        api.configMap("b", "1");
        api.configMap("a", "1");
        var list = api.get(CONFIG_MAPS);
        assertThat(list.text("/kind")).isEqualTo("ConfigMapList");
        assertThat(list.text("/apiVersion")).isEqualTo("v1");
        assertThat(names(list)).containsExactly("a", "b");
        assertThat(list.json().at("/items/0").has("kind")).isFalse();
        assertThat(list.json().at("/items/0").has("apiVersion")).isFalse();
        assertThat(list.version()).isEqualTo(api.cache.revision().toString());
    }

    @Test
    void anEmptyListHasItems() {
        assertThat(api.get("/api/v1/pods").json().get("items").isArray()).isTrue();
    }

    @Test
    void allNamespacesAreListedTogether() {
        api.configMap("a", "1");
        api.post("/api/v1/namespaces/kube-system/configmaps", Api.configMapJson("z", "1"));
        assertThat(names(api.get("/api/v1/configmaps"))).containsExactly("a", "z");
        assertThat(names(api.get("/api/v1/namespaces/kube-system/configmaps"))).containsExactly("z");
    }

    @Test
    void aNamespaceWhoseNameBeginsLikeAnotherIsNotMixedUp() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"default2\"}}");
        api.post("/api/v1/namespaces/default2/configmaps", Api.configMapJson("other", "1"));
        assertThat(names(api.get(CONFIG_MAPS))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labelSelector=v%3Deven | c000 c002",
                "labelSelector=v%20in%20(odd) | c001 c003",
                "labelSelector=!v | ''",
                "fieldSelector=metadata.name%3Dc001 | c001",
                "fieldSelector=metadata.name!%3Dc001 | c000 c002 c003",
                "fieldSelector=metadata.namespace%3Dother | ''",
                "labelSelector=v%3Deven&fieldSelector=metadata.name%3Dc002 | c002",
            })
    void selectorsNarrow(String query, String names) {
        make(4);
        assertThat(String.join(" ", names(api.get(CONFIG_MAPS + "?" + query)))).isEqualTo(names);
    }

    @Test
    void aListInPiecesIsTheListOfItsBeginning() {
        make(5);
        var first = api.get(CONFIG_MAPS + "?limit=2");
        assertThat(names(first)).containsExactly("c000", "c001");
        assertThat(first.json().at("/metadata/remainingItemCount").asLong()).isEqualTo(3);
        api.delete(CONFIG_MAPS + "/c003");
        api.configMap("c0025", "new");
        var second = api.get(CONFIG_MAPS + "?limit=2&continue=" + first.text("/metadata/continue"));
        assertThat(names(second)).containsExactly("c002", "c003");
        assertThat(second.version()).isEqualTo(first.version());
        var third = api.get(CONFIG_MAPS + "?limit=2&continue=" + second.text("/metadata/continue"));
        assertThat(names(third)).containsExactly("c004");
        assertThat(third.text("/metadata/continue")).isEmpty();
    }

    @Test
    void piecesOfASelectionAreFullAndCountNothing() {
        make(9);
        var all = new ArrayList<String>();
        String next = "";
        do {
            var page = api.get(CONFIG_MAPS + "?labelSelector=v%3Deven&limit=2&continue=" + next);
            all.addAll(names(page));
            assertThat(page.json().at("/metadata/remainingItemCount").isMissingNode())
                    .isTrue();
            next = page.text("/metadata/continue");
            api.configMap("z" + all.size(), "even");
        } while (!next.isEmpty());
        assertThat(all).containsExactly("c000", "c002", "c004", "c006", "c008");
    }

    @Test
    void aTokenOfAForgottenRevisionIs410WithATokenForThePresent() {
        make(5);
        var first = api.get(CONFIG_MAPS + "?limit=2");
        api.configMap("later", "1");
        api.store.compact(api.store.revision());
        var expired = api.get(CONFIG_MAPS + "?limit=2&continue=" + first.text("/metadata/continue"));
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.reason()).isEqualTo("Expired");
        assertThat(expired.message())
                .startsWith("The provided continue parameter is too old to display a consistent list result.");
        var rest = api.get(CONFIG_MAPS + "?continue=" + expired.text("/metadata/continue"));
        assertThat(names(rest)).containsExactly("c002", "c003", "c004", "later");
    }

    @Test
    void anExactVersionIsThePast() {
        make(2);
        String then = api.get(CONFIG_MAPS).version();
        make(4);
        assertThat(names(api.get(CONFIG_MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + then)))
                .containsExactly("c000", "c001");
        assertThat(names(api.get(CONFIG_MAPS + "?limit=9&resourceVersion=" + then)))
                .containsExactly("c000", "c001");
        assertThat(names(api.get(CONFIG_MAPS + "?resourceVersion=" + then))).hasSize(4);
        assertThat(names(api.get(CONFIG_MAPS + "?resourceVersion=0"))).hasSize(4);
        api.store.compact(api.store.revision());
        var gone = api.get(CONFIG_MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + then);
        assertThat(gone.code()).isEqualTo(410);
        assertThat(gone.message()).isEqualTo("The resourceVersion for the provided list is too old.");
    }

    @Test
    void aVersionOfTheFutureIs504() {
        long future = api.cache.revision().value() + 1_000;
        for (String target : new String[] {CONFIG_MAPS, "/api/v1/namespaces/default"}) {
            var early = api.get(target + "?resourceVersion=" + future);
            assertThat(early.code()).isEqualTo(504);
            assertThat(early.reason()).isEqualTo("Timeout");
            assertThat(early.message())
                    .isEqualTo("Timeout: Too large resource version: " + future + ", current: " + (future - 1_000));
            assertThat(early.text("/details/causes/0/reason")).isEqualTo("ResourceVersionTooLarge");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resourceVersionMatch=Exact | 422",
                "resourceVersionMatch=Exact&resourceVersion=0 | 422",
                "resourceVersionMatch=Nope&resourceVersion=1 | 422",
                "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x | 422",
                "sendInitialEvents=true | 422",
                "resourceVersion=abc | 400",
                "resourceVersion=-1 | 400",
                "resourceVersion=99999999999999999999999 | 400",
                "limit=abc | 400",
                "limit= | 400",
                "limit=99999999999999999999999 | 400",
                "timeoutSeconds=abc | 400",
                "continue=abc | 400",
                "labelSelector=a%20b | 400",
                "labelSelector=a%3D%3D%3Db | 400",
                "fieldSelector=data.k%3Dv | 400",
                "fieldSelector=a | 400",
            })
    void whatMakesNoSenseIsRefused(String query, int code) {
        var refused = api.get(CONFIG_MAPS + "?" + query);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-5", "limit=0", "watch=false", "watch=0", "pretty=true", "unknown=1"})
    void whatMeansNothingIsNoError(String query) {
        make(3);
        assertThat(names(api.get(CONFIG_MAPS + "?" + query))).hasSize(3);
    }

    @Test
    void aListOfManyIsMadeOffTheEventLoop() {
        make(70);
        var exchange = FakeExchange.get(CONFIG_MAPS);
        assertThat(names(api.send(exchange))).hasSize(70);
        assertThat(exchange.lanes()).containsExactly(dev.muster.http.serve.Lane.CPU);
        var one = FakeExchange.get(CONFIG_MAPS + "/c001");
        api.send(one);
        assertThat(one.lanes()).isEmpty();
    }

    @Test
    void metadataAloneIsServed() {
        api.configMap("a", "1");
        var list = api.send(FakeExchange.get(CONFIG_MAPS)
                .header("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"));
        assertThat(list.text("/kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(list.text("/items/0/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(list.json().at("/items/0").has("data")).isFalse();
        var one = api.send(FakeExchange.get(CONFIG_MAPS + "/a")
                .header("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"));
        assertThat(one.text("/metadata/name")).isEqualTo("a");
        var wrong = api.send(FakeExchange.get(CONFIG_MAPS + "/a")
                .header("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"));
        assertThat(wrong.code()).isEqualTo(406);
    }

    @Test
    void anotherFormIs406() {
        assertThat(api.send(FakeExchange.get(CONFIG_MAPS).header("Accept", "text/plain"))
                        .code())
                .isEqualTo(406);
    }

    @Test
    void yamlAndIndentedJsonAreServed() {
        api.configMap("a", "1");
        var yaml = api.send(FakeExchange.get(CONFIG_MAPS).header("Accept", "application/yaml"));
        assertThat(yaml.exchange().text()).contains("kind: ConfigMapList");
        var pretty = api.get(CONFIG_MAPS + "?pretty=1");
        assertThat(pretty.exchange().text()).contains("\n");
        assertThat(names(pretty)).containsExactly("a");
    }

    @Test
    void theVersionOfAListIsWhereAWatchGoesOn() {
        api.configMap("a", "1");
        String version = api.get(CONFIG_MAPS).version();
        api.configMap("b", "1");
        var watch = api.get(CONFIG_MAPS + "?watch=1&resourceVersion=" + version);
        Api.eventually(() -> watch.events().size() == 1);
        assertThat(watch.events()).containsExactly("ADDED b");
        assertThat(Revision.of(Long.parseLong(version))).isNotNull();
    }
}

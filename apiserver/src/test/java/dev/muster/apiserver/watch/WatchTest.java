package dev.muster.apiserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.store.watchcache.WatchCacheOptions;
import dev.muster.testkit.http.FakeExchange;
import dev.muster.testkit.store.HeapStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private static void expect(Api.Answer watch, String... events) {
        Api.eventually(() -> watch.events().size() >= events.length);
        assertThat(watch.events()).containsExactly(events);
    }

    @Test
    void withoutAVersionAWatchBeginsWithWhatIsThere() {
        api.configMap("a", "1");
        var watch = api.get(CONFIG_MAPS + "?watch=true");
        api.patch(CONFIG_MAPS + "/a", "merge", "{\"data\":{\"k\":\"2\"}}");
        api.configMap("b", "1");
        api.delete(CONFIG_MAPS + "/a");
        expect(watch, "ADDED a", "MODIFIED a", "ADDED b", "DELETED a");
        assertThat(watch.exchange().responseHeader("content-type")).containsExactly("application/json");
        assertThat(watch.lines().get(3).at("/object/data/k").asText()).isEqualTo("2");
        assertThat(watch.lines().get(3).at("/object/metadata/resourceVersion").asText())
                .isEqualTo(api.cache.revision().toString());
    }

    @Test
    void fromAVersionAWatchTellsWhatCameAfter() {
        var made = api.configMap("a", "1");
        api.configMap("b", "1");
        var watch = api.get(CONFIG_MAPS + "?watch=true&resourceVersion=" + made.version());
        api.configMap("c", "1");
        expect(watch, "ADDED b", "ADDED c");
    }

    @Test
    void otherNamespacesAndResourcesAreNotTold() {
        var watch = api.get(CONFIG_MAPS + "?watch=true");
        api.post("/api/v1/namespaces/kube-system/configmaps", Api.configMapJson("x", "1"));
        api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");
        api.configMap("a", "1");
        expect(watch, "ADDED a");
    }

    @Test
    void whatEntersOrLeavesTheSelectorIsAddedOrDeleted() {
        api.configMap("a", "no");
        var watch = api.get(CONFIG_MAPS + "?watch=true&labelSelector=v%3Dyes");
        api.patch(CONFIG_MAPS + "/a", "merge", "{\"metadata\":{\"labels\":{\"v\":\"yes\"}}}");
        api.patch(CONFIG_MAPS + "/a", "merge", "{\"data\":{\"k\":\"2\"}}");
        api.patch(CONFIG_MAPS + "/a", "merge", "{\"metadata\":{\"labels\":{\"v\":\"no\"}}}");
        api.patch(CONFIG_MAPS + "/a", "merge", "{\"data\":{\"k\":\"3\"}}");
        api.delete(CONFIG_MAPS + "/a");
        api.configMap("b", "yes");
        expect(watch, "ADDED a", "MODIFIED a", "DELETED a", "ADDED b");
        assertThat(watch.lines().get(2).at("/object/metadata/labels/v").asText())
                .as("as it was when it was last seen")
                .isEqualTo("yes");
    }

    @Test
    void oneObjectIsWatchedByItsNameInEitherForm() {
        var byField = api.get(CONFIG_MAPS + "?watch=true&fieldSelector=metadata.name%3Da");
        var byPath = api.get("/api/v1/watch/namespaces/default/configmaps/a");
        var all = api.get("/api/v1/watch/configmaps");
        api.configMap("b", "1");
        api.configMap("a", "1");
        expect(byField, "ADDED a");
        expect(byPath, "ADDED a");
        expect(all, "ADDED b", "ADDED a");
    }

    @Test
    void initialEventsEndWithAMarkedBookmark() {
        api.configMap("a", "1");
        api.configMap("b", "1");
        var watch = api.get(CONFIG_MAPS
                + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        expect(watch, "ADDED a", "ADDED b", "BOOKMARK ");
        var bookmark = watch.lines().get(2).path("object");
        assertThat(bookmark.path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(bookmark.at("/metadata/annotations")
                        .path("k8s.io/initial-events-end")
                        .asText())
                .isEqualTo("true");
        assertThat(bookmark.at("/metadata/resourceVersion").asText())
                .isEqualTo(api.cache.revision().toString());
        api.configMap("c", "1");
        expect(watch, "ADDED a", "ADDED b", "BOOKMARK ", "ADDED c");
    }

    @Test
    void initialEventsCanBeDeclined() {
        api.configMap("a", "1");
        var watch = api.get(CONFIG_MAPS + "?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan");
        api.configMap("b", "1");
        expect(watch, "ADDED b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sendInitialEvents=true | 422",
                "sendInitialEvents=true&resourceVersionMatch=Exact | 422",
                "resourceVersionMatch=NotOlderThan | 422",
                "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x | 422",
                "resourceVersion=abc | 422",
                "timeoutSeconds=x | 400",
                "labelSelector=a%20b | 400",
                "fieldSelector=data.k%3D1 | 400",
            })
    void whatMakesNoSenseIsRefusedBeforeTheStreamBegins(String query, int code) {
        var refused = api.get(CONFIG_MAPS + "?watch=true&" + query);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(refused.exchange().streamed()).isEmpty();
    }

    @Test
    void aVersionLongForgottenIsToldAsAnErrorAndEndsTheWatch() {
        var store = new HeapStore();
        try (var small = new Api(store, WatchCacheOptions.DEFAULT.remembering(2, Duration.ofMinutes(1)))) {
            for (int i = 0; i < 10; i++) {
                small.configMap("c" + i, "1");
            }
            var watch = small.get(CONFIG_MAPS + "?watch=true&resourceVersion=1");
            assertThat(watch.code()).isEqualTo(200);
            var line = watch.lines().getFirst();
            assertThat(line.path("type").asText()).isEqualTo("ERROR");
            assertThat(line.at("/object/code").asInt()).isEqualTo(410);
            assertThat(line.at("/object/reason").asText()).isEqualTo("Expired");
            assertThat(line.at("/object/message").asText()).startsWith("too old resource version: 1");
            assertThat(watch.exchange().streamed().orElseThrow().isEnded()).isTrue();
        }
    }

    @Test
    void theTimeAskedForEndsTheWatchWithABookmark() {
        var watch = api.get(CONFIG_MAPS + "?watch=true&timeoutSeconds=5&allowWatchBookmarks=true");
        api.clock.advance(Duration.ofSeconds(6));
        var stream = watch.exchange().streamed().orElseThrow();
        Api.eventually(stream::isEnded);
        assertThat(watch.events()).containsExactly("BOOKMARK ");
    }

    @Test
    void aWatchFromAVersionYetToComeEndsInItsTimeToo() {
        var watch =
                api.get(CONFIG_MAPS + "?watch=true&resourceVersion=99999999&timeoutSeconds=5&allowWatchBookmarks=true");
        api.clock.advance(Duration.ofSeconds(6));
        var stream = watch.exchange().streamed().orElseThrow();
        Api.eventually(stream::isEnded);
        assertThat(watch.events()).as("nothing is promised of that version").isEmpty();
    }

    @Test
    void bookmarksComeOnceAMinuteToThoseWhoAllowThem() {
        var with = api.get(CONFIG_MAPS + "?watch=true&allowWatchBookmarks=true");
        var without = api.get(CONFIG_MAPS + "?watch=true");
        api.clock.advance(Duration.ofSeconds(61));
        expect(with, "BOOKMARK ");
        assertThat(with.lines()
                        .getFirst()
                        .at("/object/metadata/resourceVersion")
                        .asText())
                .isEqualTo(api.cache.revision().toString());
        assertThat(without.events()).isEmpty();
    }

    @Test
    void aReaderWhoDoesNotReadIsCutOff() {
        var watch = api.get(CONFIG_MAPS + "?watch=true");
        var stream = watch.exchange().streamed().orElseThrow();
        stream.queued(Outlet.HARD + 1);
        api.configMap("a", "1");
        Api.eventually(stream::isBroken);
    }

    @Test
    void aReaderWhoIsBehindForLongIsCutOff() {
        var watch = api.get(CONFIG_MAPS + "?watch=true");
        var stream = watch.exchange().streamed().orElseThrow();
        stream.queued(Outlet.SOFT + 1);
        api.configMap("a", "1");
        expect(watch, "ADDED a");
        api.clock.advance(Duration.ofSeconds(11));
        api.configMap("b", "1");
        Api.eventually(stream::isBroken);
    }

    @Test
    void whoHasGoneIsToldNothing() {
        var watch = api.get(CONFIG_MAPS + "?watch=true");
        watch.exchange().disconnect();
        api.configMap("a", "1");
        var other = api.get(CONFIG_MAPS + "?watch=true");
        expect(other, "ADDED a");
        assertThat(watch.events()).isEmpty();
        Api.eventually(() -> api.cache.listeners() == 1);
    }

    @Test
    void metadataAloneCanBeWatched() {
        var watch = api.send(FakeExchange.get(CONFIG_MAPS + "?watch=true")
                .header("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"));
        api.configMap("a", "1");
        expect(watch, "ADDED a");
        var object = watch.lines().getFirst().path("object");
        assertThat(object.path("kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(object.has("data")).isFalse();
    }

    @Test
    void anEventIsWrittenOnceForAllWhoSeeItInTheSameShape() {
        var shape = new Shape.Whole();
        assertThat(shape.slot(EventType.ADDED)).isSameAs(new Shape.Whole().slot(EventType.ADDED));
        assertThat(shape.slot(EventType.ADDED)).isNotSameAs(shape.slot(EventType.MODIFIED));
        assertThat(new Shape.Metadata("v1").slot(EventType.ADDED)).isNotSameAs(shape.slot(EventType.ADDED));
    }

    @Test
    void thousandsWatchWithoutAThreadEach() {
        int before = Thread.activeCount();
        List<Api.Answer> watches = java.util.stream.IntStream.range(0, 3_000)
                .mapToObj(_ -> api.get(CONFIG_MAPS + "?watch=true"))
                .toList();
        assertThat(Thread.activeCount()).isLessThan(before + 20);
        api.configMap("a", "1");
        watches.forEach(watch -> expect(watch, "ADDED a"));
    }
}

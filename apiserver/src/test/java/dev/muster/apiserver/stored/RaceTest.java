package dev.muster.apiserver.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.controllers.namespaces.NamespaceRemoval;
import dev.muster.apiserver.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaceTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private static <T> List<T> together(int count, Callable<T> each) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<T>();
            for (var one : executor.invokeAll(java.util.Collections.nCopies(count, each))) {
                all.add(one.get());
            }
            return all;
        }
    }

    @Test
    void aHundredPatchesAtOnceLoseNothing() throws Exception {
        api.configMap("a", "1");
        var next = new AtomicInteger();
        var codes = together(
                100,
                () -> api.patch(CONFIG_MAPS + "/a", "merge", "{\"data\":{\"p" + next.incrementAndGet() + "\":\"x\"}}")
                        .code());
        assertThat(codes).containsOnly(200);
        assertThat(api.get(CONFIG_MAPS + "/a").json().get("data")).hasSize(101);
    }

    @Test
    void ofManyWhoUpdateTheSameVersionOneWins() throws Exception {
        String made = api.configMap("a", "1").exchange().text();
        var next = new AtomicInteger();
        var codes = together(
                50,
                () -> api.put(
                                CONFIG_MAPS + "/a",
                                made.replace("\"k\":\"1\"", "\"k\":\"n" + next.incrementAndGet() + "\""))
                        .code());
        assertThat(codes).containsOnly(200, 409);
        assertThat(codes).filteredOn(code -> code == 200).hasSize(1);
    }

    @Test
    void ofManyWhoCreateOneNameOneWins() throws Exception {
        var codes = together(50, () -> api.configMap("a", "1").code());
        assertThat(codes).containsOnly(201, 409);
        assertThat(codes).filteredOn(code -> code == 201).hasSize(1);
    }

    @Test
    void everyMadeObjectIsDeletedOnce() throws Exception {
        var made = new AtomicInteger();
        var gone = new AtomicInteger();
        together(200, () -> {
            int code = api.configMap("a", "1").code();
            made.addAndGet(code == 201 ? 1 : 0);
            int deleted = api.delete(CONFIG_MAPS + "/a").code();
            gone.addAndGet(deleted == 200 ? 1 : 0);
            assertThat(code).isIn(201, 409);
            assertThat(deleted).isIn(200, 404);
            return code;
        });
        assertThat(made.get()).isEqualTo(gone.get());
    }

    @Test
    void aWatchSeesEveryChangeExactlyOnceAndInOrder() throws Exception {
        var watches = new ArrayList<Api.Answer>();
        var counter = new AtomicInteger();
        together(20, () -> {
            for (int i = 0; i < 20; i++) {
                int n = counter.incrementAndGet();
                api.configMap("c" + n, "1");
                api.patch(CONFIG_MAPS + "/c" + n, "merge", "{\"data\":{\"k\":\"2\"}}");
                if (n % 2 == 0) {
                    api.delete(CONFIG_MAPS + "/c" + n);
                }
                if (n % 40 == 0) {
                    synchronized (watches) {
                        watches.add(api.get(CONFIG_MAPS + "?watch=true"));
                    }
                }
            }
            return null;
        });
        String last = api.configMap("last", "1").version();
        assertThat(watches).hasSize(10);
        for (var watch : watches) {
            Api.eventually(() -> watch.events().contains("ADDED last"));
            var versions = watch.lines().stream()
                    .map(line -> line.at("/object/metadata/resourceVersion").asLong())
                    .toList();
            assertThat(versions).doesNotHaveDuplicates();
            var present = new java.util.TreeSet<String>();
            for (String event : watch.events()) {
                String name = event.substring(event.indexOf(' ') + 1);
                switch (event.substring(0, event.indexOf(' '))) {
                    case "ADDED" -> assertThat(present.add(name)).as(event).isTrue();
                    case "MODIFIED" -> assertThat(present).as(event).contains(name);
                    case "DELETED" -> assertThat(present.remove(name)).as(event).isTrue();
                    default -> throw new AssertionError(event);
                }
            }
            var listed = new java.util.TreeSet<String>();
            api.get(CONFIG_MAPS + "?resourceVersion=" + last)
                    .json()
                    .get("items")
                    .forEach(item -> listed.add(item.at("/metadata/name").asText()));
            assertThat(present).isEqualTo(listed);
        }
    }

    @Test
    void nothingOutlivesItsNamespace() throws Exception {
        var removal = new NamespaceRemoval(api.resources.access(), Api.KINDS, api.resources::removing);
        for (int round = 0; round < 30; round++) {
            String name = "ns" + round;
            api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
            var turn = new AtomicInteger();
            together(9, () -> {
                if (turn.getAndIncrement() == 4) {
                    api.delete("/api/v1/namespaces/" + name);
                    while (removal.reconcile(name).isPresent()) {
                        Thread.onSpinWait();
                    }
                    return 0;
                }
                int code = 201;
                for (int i = 0; code == 201; i++) {
                    code = api.post(
                                    "/api/v1/namespaces/" + name + "/configmaps",
                                    "{\"metadata\":{\"generateName\":\"x-\"}}")
                            .code();
                }
                assertThat(code).isIn(403, 404);
                return code;
            });
            assertThat(api.get("/api/v1/namespaces/" + name).code()).isEqualTo(404);
            assertThat(api.get("/api/v1/namespaces/" + name + "/configmaps")
                            .json()
                            .get("items"))
                    .isEmpty();
        }
    }
}

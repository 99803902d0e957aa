package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.it.wire.Wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wants the same at once is told who was first, and nothing is half done. */
class TwoAtOnceTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MERGE = "Content-Type: application/merge-patch+json";
    private static final String JSON = "Content-Type: application/json";
    private static final int MANY = 12;

    @TempDir
    static Path folder;

    private static WholeServer server;

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private interface Action {
        Answer by(Wire wire, int who) throws Exception;
    }

    private static Wire admin() throws Exception {
        return Wire.presenting(server.admin(), server.port(), "TLSv1.3");
    }

    private static Answer send(Wire wire, String method, String target, String type, String body) throws Exception {
        return wire.send(method, target, List.of(type), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer get(Wire wire, String target) throws Exception {
        return wire.send("GET", target, List.of(), new byte[0]);
    }

    /** Many connections, opened before; then all at once. */
    private static List<Answer> together(Action action) throws Exception {
        var ready = new CountDownLatch(MANY);
        List<Future<Answer>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                int who = i;
                all.add(threads.submit(() -> {
                    try (Wire wire = admin()) {
                        get(wire, "/version");
                        ready.countDown();
                        ready.await();
                        return action.by(wire, who);
                    }
                }));
            }
        }
        var answers = new ArrayList<Answer>();
        for (var one : all) {
            answers.add(one.get());
        }
        return answers;
    }

    private static TreeMap<Integer, Integer> count(List<Answer> answers) {
        var counts = new TreeMap<Integer, Integer>();
        answers.forEach(answer -> counts.merge(answer.status(), 1, Integer::sum));
        return counts;
    }

    @Test
    void oneOfManyCreatesANameAndTheOthersLearnThatItIsThere() throws Exception {
        for (int round = 0; round < 5; round++) {
            String body = "{\"metadata\":{\"name\":\"same-" + round + "\"}}";
            var answers = together((wire, _) -> send(wire, "POST", MAPS, JSON, body));
            assertThat(count(answers)).containsOnly(java.util.Map.entry(201, 1), java.util.Map.entry(409, MANY - 1));
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allSatisfy(answer -> assertThat(answer.text()).contains("\"reason\":\"AlreadyExists\""));
        }
    }

    @Test
    void noPatchIsLost() throws Exception {
        try (Wire wire = admin()) {
            send(wire, "POST", MAPS, JSON, "{\"metadata\":{\"name\":\"patched\"}}");
            var answers = together(
                    (own, who) -> send(own, "PATCH", MAPS + "/patched", MERGE, "{\"data\":{\"k" + who + "\":\"v\"}}"));
            // Six attempts are made for a patch, as in Kubernetes; who loses all of them is told so.
            assertThat(count(answers).keySet()).isSubsetOf(200, 409);
            long done =
                    answers.stream().filter(answer -> answer.status() == 200).count();
            var data = new ObjectMapper()
                    .readTree(get(wire, MAPS + "/patched").body())
                    .path("data");
            assertThat(data.size()).isEqualTo((int) done).isGreaterThan(MANY / 2);
        }
    }

    @Test
    void ofManyWhoReplaceOneVersionOneSucceeds() throws Exception {
        try (Wire wire = admin()) {
            String made = send(wire, "POST", MAPS, JSON, "{\"metadata\":{\"name\":\"replaced\"}}")
                    .text();
            var answers = together((own, who) -> send(
                    own,
                    "PUT",
                    MAPS + "/replaced",
                    JSON,
                    made.replaceFirst("\\{", "{\"data\":{\"w\":\"" + who + "\"},")));
            assertThat(count(answers)).containsOnly(java.util.Map.entry(200, 1), java.util.Map.entry(409, MANY - 1));
        }
    }

    @Test
    void aPatchOfWhatIsBeingDeletedIsDoneOrFindsNothing() throws Exception {
        try (Wire wire = admin()) {
            for (int round = 0; round < 5; round++) {
                String name = MAPS + "/gone-" + round;
                send(wire, "POST", MAPS, JSON, "{\"metadata\":{\"name\":\"gone-" + round + "\"}}");
                var answers = together((own, who) -> who % 2 == 0
                        ? own.send("DELETE", name, List.of(), new byte[0])
                        : send(own, "PATCH", name, MERGE, "{\"data\":{\"k" + who + "\":\"v\"}}"));
                assertThat(count(answers).keySet()).isSubsetOf(200, 404, 409);
                assertThat(answers.get(0).status()).isIn(200, 404);
                assertThat(get(wire, name).status()).as("it does not come back").isEqualTo(404);
            }
        }
    }

    @Test
    void whoWatchesANamespaceThatIsDeletedHearsOfEverythingInIt() throws Exception {
        try (Wire wire = admin();
                Wire watching = admin();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            send(wire, "POST", "/api/v1/namespaces", JSON, "{\"metadata\":{\"name\":\"doomed\"}}");
            String maps = "/api/v1/namespaces/doomed/configmaps";
            for (int i = 0; i < 20; i++) {
                send(wire, "POST", maps, JSON, "{\"metadata\":{\"name\":\"m" + i + "\"}}");
            }
            var version = new ObjectMapper()
                    .readTree(get(wire, maps).body())
                    .at("/metadata/resourceVersion")
                    .asText();
            var heard =
                    threads.submit(() -> get(watching, maps + "?watch=1&timeoutSeconds=6&resourceVersion=" + version));
            assertThat(wire.send("DELETE", "/api/v1/namespaces/doomed", List.of(), new byte[0])
                            .status())
                    .isEqualTo(200);
            Answer late = send(wire, "POST", maps, JSON, "{\"metadata\":{\"name\":\"late\"}}");
            assertThat(late.status()).as(late.text()).isIn(403, 404);
            Answer events = heard.get();
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.text()
                            .lines()
                            .filter(line -> line.contains("\"type\":\"DELETED\"") && line.contains("\"name\":\"m")))
                    .hasSize(20);
            assertThat(events.text()).doesNotContain("late");
            assertThat(get(wire, "/api/v1/namespaces/doomed").status()).isEqualTo(404);
        }
    }
}

package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.it.wire.Wire.Answer;
import dev.muster.testkit.recording.Recording;
import dev.muster.testkit.recording.Recording.Call;
import dev.muster.testkit.recording.Recordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real kubectls sent, sent to a whole server: by who may do anything, and by who may nothing. */
class ReplayTest {

    @TempDir
    Path folder;

    private WholeServer server;
    private Logged logged;

    @BeforeEach
    void start() throws Exception {
        logged = Logged.listen();
        server = WholeServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        logged.close();
    }

    static Stream<Recording> recordings() {
        return Recordings.all().stream();
    }

    private static final List<Integer> CREATED = List.of(201, 409);
    private static final List<Integer> TOKEN = List.of(201, 404);
    private static final List<Integer> REPLACED = List.of(200, 409);
    private static final List<Integer> APPLIED = List.of(200, 415);
    private static final List<Integer> PATCHED = List.of(200);
    private static final List<Integer> SOME_PATCHED = List.of(200, 422);
    private static final Pattern EVERYBODYS =
            Pattern.compile("/api|/apis|/version|/healthz|/openapi/.*|/apis?(/[^/]+){0,1}/v1|/api/v1");

    private record Replayed(int calls, int protobufBodies) {}

    private interface Expectation {
        void check(Call call, Answer answer) throws IOException;
    }

    /** Makes what is missing. */
    private static void furnish(Wire admin) throws IOException {
        for (var piece : Furniture.ALL) {
            byte[] json = piece.json().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            Answer made = admin.send("POST", piece.target(), List.of("Content-Type: application/json"), json);
            assertThat(made.status()).as(made.text()).isIn(201, 409);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whoMayDoAnythingIsServed(Recording recording) throws Exception {
        try (Wire admin = Wire.presenting(server.admin(), server.port(), "TLSv1.3")) {
            furnish(admin);
            Replayed replayed = replay(recording, admin, List.of(), (call, answer) -> {
                isServed(call, answer);
                if (call.method().equals("DELETE")) {
                    furnish(admin);
                }
            });
            checkCount(recording, replayed);
            assertThat(admin.connections())
                    .as("one connection lasts for everything")
                    .isEqualTo(1);
        }
        nothingSecretWasLogged();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whoMayNothingIsToldSoAndNothingElse(Recording recording) throws Exception {
        try (Wire jane = Wire.anonymous(server.port(), "TLSv1.2")) {
            var token = List.of("Authorization: Bearer " + WholeServer.JANES_TOKEN);
            Replayed replayed = replay(recording, jane, token, ReplayTest::isRefusedWhatIsNotEverybodys);
            checkCount(recording, replayed);
            assertThat(jane.connections()).isEqualTo(1);
        }
        nothingSecretWasLogged();
    }

    @Test
    void protobufIsAmongWhatIsReplayed() {
        assertThat(Recordings.all().stream()
                        .flatMap(recording -> recording.calls().stream())
                        .filter(call -> call.isProtobuf() && call.body().length > 0))
                .hasSizeGreaterThan(40);
    }

    private static Replayed replay(Recording recording, Wire wire, List<String> who, Expectation expectation)
            throws Exception {
        int calls = 0;
        int protobuf = 0;
        for (Call call : recording.calls()) {
            var headers = new ArrayList<>(who);
            if (!call.accept().isEmpty()) {
                headers.add("Accept: " + call.accept());
            }
            if (!call.contentType().isEmpty()) {
                headers.add("Content-Type: " + call.contentType());
            }
            headers.add("User-Agent: kubectl/v" + recording.kubectl() + ".0 (linux/amd64)");
            String target = call.target().contains("watch=true") ? call.target() + "&timeoutSeconds=1" : call.target();
            Answer answer = wire.send(call.method(), target, headers, call.body());
            calls++;
            protobuf += call.isProtobuf() && call.body().length > 0 ? 1 : 0;
            assertThat(answer.status())
                    .as(call + ": " + answer.text())
                    .isLessThan(500)
                    .isNotEqualTo(400);
            assertThat(answer.header("audit-id")).as(call + " has an audit id").isNotEmpty();
            expectation.check(call, answer);
        }
        return new Replayed(calls, protobuf);
    }

    private static void checkCount(Recording recording, Replayed replayed) {
        assertThat(replayed.calls()).isEqualTo(recording.calls().size()).isGreaterThan(80);
        boolean typedCallsAreProtobuf = Set.of("1.32", "1.33").contains(recording.kubectl());
        assertThat(replayed.protobufBodies()).isGreaterThanOrEqualTo(typedCallsAreProtobuf ? 20 : 0);
        assertThat(typedCallsAreProtobuf || replayed.protobufBodies() == 0).isTrue();
    }

    /** Where there are objects to find, they are found; what is not served here is not found; apply by the server is told so. */
    private static void isServed(Call call, Answer answer) {
        String told = call + ": " + answer.text();
        switch (call.method()) {
            case "GET" -> {
                if (isElsewhere(call)) {
                    assertThat(answer.status()).as(told).isIn(200, 404);
                } else {
                    assertThat(answer.status()).as(told).isEqualTo(call.target().contains("hash=") ? 301 : 200);
                }
            }
            case "POST" -> assertThat(answer.status()).as(told).isIn(isElsewhere(call) ? TOKEN : CREATED);
            case "PUT" -> assertThat(answer.status()).as(told).isIn(REPLACED);
            case "PATCH" -> {
                // Most of a pod cannot be changed; what is gone cannot be removed; and some patches name the version
                // that they are for.
                boolean named = new String(call.body(), StandardCharsets.UTF_8).contains("resourceVersion");
                boolean may =
                        call.path().endsWith("/pods/p") || call.contentType().contains("json-patch");
                var expected = may ? SOME_PATCHED : named ? REPLACED : PATCHED;
                assertThat(answer.status()).as(told).isIn(call.contentType().contains("apply") ? APPLIED : expected);
            }
            case "DELETE" -> assertThat(answer.status()).as(told).isEqualTo(200);
            default -> throw new AssertionError(told);
        }
    }

    /** Of what kubectl asks, these are no part of this server's furniture, or not of this server. */
    private static boolean isElsewhere(Call call) {
        return Stream.of(
                        "/leases/",
                        "/resourcequotas",
                        "/limitranges",
                        "/new-b",
                        "/new-c",
                        "/robot/token",
                        "v1beta1/selfsubjectreviews",
                        "v1alpha1/selfsubjectreviews")
                .anyMatch(call.target()::contains);
    }

    private static void isRefusedWhatIsNotEverybodys(Call call, Answer answer) {
        String told = call + ": " + answer.text();
        if (call.path().contains("/self")) {
            assertThat(answer.status()).as(told).isEqualTo(201);
        } else if (EVERYBODYS.matcher(call.path()).matches()) {
            assertThat(answer.status()).as(told).isEqualTo(call.target().contains("hash=") ? 301 : 200);
        } else {
            assertThat(answer.status()).as(told).isEqualTo(403);
            assertThat(answer.text().replace("\\", "")).contains("User \"jane\" cannot ");
        }
    }

    private void nothingSecretWasLogged() {
        assertThat(String.join("", logged.lines()))
                .doesNotContain(WholeServer.JANES_TOKEN)
                .doesNotContain("hunter2")
                .doesNotContain("PRIVATE KEY")
                .doesNotContain("Exception");
    }
}

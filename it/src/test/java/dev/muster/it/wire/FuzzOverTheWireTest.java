package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.it.wire.Wire.Answer;
import dev.muster.testkit.recording.Recording.Call;
import dev.muster.testkit.recording.Recordings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What kubectl sends, spoiled in many ways, to a whole server: every request has its answer, none blames the server, and the
 * server is well afterwards.
 */
class FuzzOverTheWireTest {

    private static final int REQUESTS = 4000;
    private static final long SEED = 20_260_101;

    /** OpenAPI names the messages of our own kinds so; that is no name of a class. */
    private static final String OWN_SCHEMAS = "dev.muster.identity.v1alpha1.";

    private static final List<String> PARAMETERS = List.of(
            "limit=1",
            "limit=-1",
            "limit=x",
            "continue=x",
            "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhXHUwMDAwIn0",
            "labelSelector=a%3Db",
            "labelSelector=(((",
            "fieldSelector=metadata.name%3Da",
            "fieldSelector=%5C",
            "resourceVersion=0",
            "resourceVersion=1",
            "resourceVersionMatch=Exact",
            "resourceVersionMatch=NotOlderThan",
            "sendInitialEvents=true",
            "dryRun=All",
            "dryRun=x",
            "fieldValidation=Strict",
            "fieldValidation=Ignore",
            "fieldManager=%00",
            "force=true",
            "gracePeriodSeconds=-1",
            "gracePeriodSeconds=0",
            "propagationPolicy=Orphan",
            "orphanDependents=true",
            "pretty=true",
            "includeObject=None",
            "a=%zz;b",
            "%00=%ff");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "text/plain",
            "*/*",
            ";;");

    private static final List<String> ACCEPTS = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/json;as=Table;v=v1;g=meta.k8s.io",
            "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            "text/html",
            "*/*;q=0",
            ",,;=");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void everyRequestHasItsAnswerAndNoneBlamesTheServer() throws Exception {
        var calls = Recordings.all().stream()
                .flatMap(recording -> recording.calls().stream())
                .filter(call -> !call.target().contains("watch=true"))
                .toList();
        Map<Integer, Integer> answers = new TreeMap<>();
        try (Logged logged = Logged.listen();
                WholeServer server = WholeServer.start(folder);
                Wire wire = Wire.anonymous(server.port(), "TLSv1.3")) {
            for (int i = 0; i < REQUESTS; i++) {
                Call call = spoiled(calls.get(random.nextInt(calls.size())));
                Answer answer = wire.send(call.method(), call.target(), headers(call), call.body());
                String told = "request " + i + ", " + call + " (" + call.accept() + "): " + answer.text();
                assertThat(answer.status()).as(told).isBetween(200, 499);
                assertThat(answer.text().replace(OWN_SCHEMAS, ""))
                        .as(told)
                        .doesNotContain("dev.muster", "java.", "Exception");
                answers.merge(answer.status(), 1, Integer::sum);
            }
            assertThat(wire.send("GET", "/readyz", List.of(), new byte[0]).status())
                    .isEqualTo(200);
            assertThat(String.join("", logged.lines()))
                    .doesNotContain("Exception", "ERROR", WholeServer.ADMINS_TOKEN, WholeServer.JANES_TOKEN);
        }
        assertThat(answers.keySet())
                .as("all kinds of answers were given")
                .contains(200, 201, 400, 403, 404, 405, 406, 415);
    }

    private Call spoiled(Call call) {
        String method = oneIn(8) ? pick(METHODS) : call.method();
        String target = oneIn(6) ? spoiledPath(call.target()) : call.target();
        while (oneIn(2)) {
            target += (target.contains("?") ? "&" : "?") + pick(PARAMETERS);
        }
        String accept = oneIn(5) ? pick(ACCEPTS) : call.accept();
        String type = oneIn(6) ? pick(TYPES) : call.contentType();
        byte[] body = oneIn(2) ? spoiledBody(call.body()) : call.body();
        return new Call(call.command(), method, target, accept, type, body);
    }

    private List<String> headers(Call call) {
        var headers = new ArrayList<String>();
        if (!call.accept().isEmpty()) {
            headers.add("Accept: " + call.accept());
        }
        if (!call.contentType().isEmpty()) {
            headers.add("Content-Type: " + call.contentType());
        }
        if (!oneIn(10)) {
            headers.add("Authorization: Bearer " + (oneIn(5) ? WholeServer.JANES_TOKEN : WholeServer.ADMINS_TOKEN));
        }
        if (oneIn(20)) {
            headers.add("Impersonate-" + pick(List.of("User: jane", "Group: a", "Uid: 1", "Extra-%zz: a", "User: ")));
        }
        return headers;
    }

    /** A letter, a part or an escape less or more. */
    private String spoiledPath(String target) {
        var spoiled = new StringBuilder(target);
        int at = 1 + random.nextInt(target.length() - 1);
        switch (random.nextInt(5)) {
            case 0 -> spoiled.deleteCharAt(at);
            case 1 -> spoiled.insert(at, pick(List.of("/", "%2f", "%00", "%ff", "..", "//", "%", "é", "A")));
            case 2 -> spoiled.setLength(at);
            case 3 -> spoiled.insert(1, pick(List.of("api/", "apis/", "/", "watch/", "./")));
            default -> spoiled.setCharAt(at, (char) ('!' + random.nextInt(94)));
        }
        return spoiled.toString();
    }

    private byte[] spoiledBody(byte[] body) {
        if (body.length == 0) {
            return pick(List.of("{}", "[]", "null", "{", "k8s\0", "{\"metadata\":{\"name\":\"f\"}}"))
                    .getBytes(StandardCharsets.UTF_8);
        }
        var spoiled = new ByteArrayOutputStream();
        int from = random.nextInt(body.length);
        int to = from + random.nextInt(Math.min(20, body.length - from + 1));
        switch (random.nextInt(5)) {
            case 0 -> spoiled.write(body, 0, from);
            case 1 -> {
                spoiled.write(body, 0, from);
                spoiled.write(random.nextInt(256));
                spoiled.write(body, Math.min(from + 1, body.length), body.length - Math.min(from + 1, body.length));
            }
            case 2 -> {
                spoiled.write(body, 0, from);
                spoiled.write(body, to, body.length - to);
            }
            case 3 -> {
                spoiled.write(body, 0, to);
                spoiled.write(body, from, body.length - from);
            }
            default -> {
                String text = new String(body, StandardCharsets.ISO_8859_1);
                String other = pick(List.of("null", "[]", "{}", "\"x\"", "-1", "1e400", "true"));
                String value = "\"[^\"]*\"(?=[,}\\]])|-?\\d+";
                int values = (int) java.util.regex.Pattern.compile(value)
                        .matcher(text)
                        .results()
                        .count();
                int which = values == 0 ? 0 : random.nextInt(values);
                int[] seen = {0};
                String replaced = java.util.regex.Pattern.compile(value)
                        .matcher(text)
                        .replaceAll(match ->
                                java.util.regex.Matcher.quoteReplacement(seen[0]++ == which ? other : match.group()));
                spoiled.writeBytes(replaced.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return spoiled.toByteArray();
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package dev.muster.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.FieldCheck;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.codec.Yaml;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.Gvk;
import dev.muster.testkit.recording.Recording.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedBodiesTest {

    private static final Kinds KINDS = Kinds.load();
    private static final Protobuf PROTOBUF = new Protobuf(KINDS);
    private static final FieldCheck CHECK = new FieldCheck(KINDS);

    static Stream<Recording> recordings() {
        return Recordings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyBodyIsReadAndKnown(Recording recording) {
        int read = 0;
        for (Call call : recording.calls()) {
            if (call.body().length == 0) {
                continue;
            }
            read++;
            switch (call.contentType()) {
                case "application/json-patch+json" ->
                    assertThat(Json.parse(call.body()).value().isArray()).isTrue();
                case "application/merge-patch+json", "application/strategic-merge-patch+json" ->
                    assertThat(Json.parseObject(call.body()).problems()).isEmpty();
                case "application/apply-patch+yaml" ->
                    assertThat(Yaml.parseObject(call.body()).problems()).isEmpty();
                default -> assertThat(tree(call)).describedAs(call.toString()).isNotNull();
            }
        }
        assertThat(read).isGreaterThan(30);
    }

    /** Strictly: a body of kubectl's with an unknown field would mean that our schemas are wrong. */
    private static ObjectNode tree(Call call) {
        var parsed = call.isProtobuf() ? PROTOBUF.parseObject(call.body()) : Json.parseObject(call.body());
        assertThat(parsed.problems()).isEmpty();
        var object = parsed.value();
        if (call.method().equals("DELETE") && !object.has("kind")) {
            // kubectl delete does not say what its options are.
            object.put("kind", "DeleteOptions").put("apiVersion", "v1");
        }
        var gvk = Gvk.of(object.path("apiVersion").asText(), object.path("kind").asText());
        var schema = KINDS.bodyOf(gvk).orElseThrow(() -> new AssertionError("unknown: " + gvk + " in " + call));
        assertThat(CHECK.prune(object, schema)).describedAs(call.toString()).isEmpty();
        assertThat(PROTOBUF.parseObject(PROTOBUF.write(object)).value()).isEqualTo(object);
        return object;
    }

    @Test
    void protobufAndJsonOfTheSameCommandReadToTheSameObject() {
        Map<String, Call> json = new HashMap<>();
        Recordings.of("1.31").calls().forEach(call -> json.put(call.command() + " " + call.target(), call));
        int compared = 0;
        for (Call call : Recordings.of("1.33").calls()) {
            var older = json.get(call.command() + " " + call.target());
            if (call.isProtobuf() && older != null && call.body().length > 0) {
                assertThat(older.isProtobuf()).isFalse();
                assertThat(tree(call)).describedAs(call.toString()).isEqualTo(tree(older));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    @Test
    void kubectlSpeaksProtobufFrom132On() {
        for (Recording recording : Recordings.all()) {
            assertThat(recording.calls().stream().anyMatch(Call::isProtobuf))
                    .describedAs(recording.kubectl())
                    .isEqualTo(Set.of("1.32", "1.33").contains(recording.kubectl()));
        }
    }

    @Test
    void theKindsThatComeAsProtobufAreThoseThatTheIssueNames() {
        var kinds = Recordings.of("1.33").calls().stream()
                .filter(call -> call.isProtobuf() && call.body().length > 0)
                .map(call ->
                        PROTOBUF.parseObject(call.body()).value().path("kind").asText())
                .distinct()
                .toList();
        assertThat(kinds)
                .containsAll(List.of(
                        "SelfSubjectReview",
                        "SelfSubjectAccessReview",
                        "SelfSubjectRulesReview",
                        "Role",
                        "ClusterRole",
                        "RoleBinding",
                        "ClusterRoleBinding",
                        "Secret",
                        "ServiceAccount",
                        "Namespace",
                        "ConfigMap",
                        "TokenRequest"));
    }
}

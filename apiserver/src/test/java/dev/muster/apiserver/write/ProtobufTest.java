package dev.muster.apiserver.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Protobuf;
import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What kubectl 1.32 and newer sends for typed calls. */
class ProtobufTest {

    private static final String TYPE = "application/vnd.kubernetes.protobuf";

    private final Api api = new Api();
    private final Protobuf protobuf = new Protobuf(Api.KINDS);

    @AfterEach
    void close() {
        api.close();
    }

    private byte[] encode(String json) {
        return protobuf.write(Json.parseObject(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .value());
    }

    @Test
    void anObjectIsMadeFromProtobuf() {
        var made = api.send(
                FakeExchange.of("POST", "/api/v1/namespaces/default/secrets")
                        .header("Content-Type", TYPE)
                        .header("Accept", TYPE + ",application/json")
                        .body(
                                encode(
                                        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\"},\"data\":{\"k\":\"dg==\"}}")));
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
        assertThat(api.get("/api/v1/namespaces/default/secrets/s").text("/data/k"))
                .isEqualTo("dg==");
    }

    @Test
    void anObjectOfAnotherKindIsRefused() {
        var refused = api.send(FakeExchange.of("POST", "/api/v1/namespaces/default/configmaps")
                .header("Content-Type", TYPE)
                .body(encode("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\"}}")));
        assertThat(refused.code()).isEqualTo(400);
    }

    @Test
    void deleteOptionsAreReadFromProtobuf() {
        api.configMap("a", "1");
        var options = JsonNodeFactory.instance.objectNode();
        options.put("kind", "DeleteOptions").put("apiVersion", "v1").put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", "other");
        var refused = api.send(FakeExchange.of("DELETE", "/api/v1/namespaces/default/configmaps/a")
                .header("Content-Type", TYPE)
                .body(protobuf.write(options)));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(409);
        options.remove("preconditions");
        var gone = api.send(FakeExchange.of("DELETE", "/api/v1/namespaces/default/configmaps/a")
                .header("Content-Type", TYPE)
                .body(protobuf.write(options)));
        assertThat(gone.code()).as(gone.toString()).isEqualTo(200);
    }
}

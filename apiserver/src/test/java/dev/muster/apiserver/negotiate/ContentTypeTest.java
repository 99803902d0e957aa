package dev.muster.apiserver.negotiate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.testkit.http.FakeExchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which form a body says it comes. */
class ContentTypeTest {

    record Row(String header, MediaType type) {}

    static List<Row> rows() {
        return List.of(
                new Row("application/json", MediaType.JSON),
                new Row("Application/JSON; charset=utf-8", MediaType.JSON),
                new Row(" application/yaml ", MediaType.YAML),
                new Row("application/vnd.kubernetes.protobuf", MediaType.PROTOBUF),
                new Row(";", MediaType.JSON));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void knownTypesAreRead(Row row) {
        var exchange = FakeExchange.of("POST", "/").header("Content-Type", row.header());
        assertThat(ContentType.ofBody(exchange.headers())).isEqualTo(row.type());
    }

    @Test
    void aBodyThatSaysNothingIsJson() {
        assertThat(ContentType.ofBody(FakeExchange.of("POST", "/").headers())).isEqualTo(MediaType.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/cbor", "json", "application/json,application/yaml"})
    void anyOtherIsRefusedWithTheListOfKnownOnes(String header) {
        var exchange = FakeExchange.of("POST", "/").header("Content-Type", header);
        assertThatThrownBy(() -> ContentType.ofBody(exchange.headers()))
                .isInstanceOfSatisfying(StatusException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(415);
                    assertThat(e.status().reason()).isEqualTo("UnsupportedMediaType");
                    assertThat(e.status().message())
                            .isEqualTo(
                                    "the body of the request was in an unknown format - accepted media types include: "
                                            + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
                });
    }
}

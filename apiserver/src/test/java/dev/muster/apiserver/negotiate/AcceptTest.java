package dev.muster.apiserver.negotiate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.testkit.http.FakeExchange;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which form an Accept header gets. */
class AcceptTest {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final Representation WHOLE = Representation.WHOLE;

    record Row(String accept, MediaType type, Representation as) {}

    static List<Row> headers() {
        return List.of(
                new Row("", MediaType.JSON, WHOLE),
                new Row("*/*", MediaType.JSON, WHOLE),
                new Row("*", MediaType.JSON, WHOLE),
                new Row("application/*", MediaType.JSON, WHOLE),
                new Row("application/json, */*", MediaType.JSON, WHOLE),
                new Row("application/yaml", MediaType.YAML, WHOLE),
                new Row(PROTOBUF, MediaType.PROTOBUF, WHOLE),
                new Row(PROTOBUF + ",application/json", MediaType.PROTOBUF, WHOLE),
                new Row("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", MediaType.JSON, WHOLE),
                new Row("application/json;q=0.1,application/yaml;q=0.9", MediaType.YAML, WHOLE),
                new Row("application/json;q=junk,application/yaml;q=0.1", MediaType.YAML, WHOLE),
                new Row("*/*,application/yaml", MediaType.YAML, WHOLE),
                new Row("text/plain, application/json", MediaType.JSON, WHOLE),
                new Row("application/json; charset=utf-8", MediaType.JSON, WHOLE),
                new Row("application/json;stream=watch", MediaType.JSON, WHOLE),
                // what kubectl get sends
                new Row(
                        TABLE + ",application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json",
                        MediaType.JSON,
                        new Representation.Table("v1")),
                new Row(
                        "application/json;as=Table;v=v1beta1;g=meta.k8s.io",
                        MediaType.JSON,
                        new Representation.Table("v1beta1")),
                new Row(
                        PROTOBUF + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
                        MediaType.PROTOBUF,
                        new Representation.Metadata("v1", false)),
                new Row(
                        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
                        MediaType.JSON,
                        new Representation.Metadata("v1", true)),
                // a conversion that cannot be had makes the next clause count
                new Row(PROTOBUF + ";as=Table;g=meta.k8s.io;v=v1,application/json", MediaType.JSON, WHOLE),
                new Row("application/json;as=Table;g=meta.k8s.io;v=v7,application/yaml", MediaType.YAML, WHOLE),
                new Row("application/json;sv=v1,application/yaml", MediaType.YAML, WHOLE));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theBestClauseThatCanBeServedDecides(Row row) {
        var exchange = FakeExchange.get("/");
        if (!row.accept().isEmpty()) {
            exchange.header("Accept", row.accept());
        }
        var accepted = Accept.negotiate(exchange, Offers.OBJECTS);
        assertThat(accepted.type()).isEqualTo(row.type());
        assertThat(accepted.representation()).isEqualTo(row.as());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/jso", "application", "json", "application/json/x", ",", TABLE + "x"})
    void whatCannotBeServedIsNotAcceptableAndTheAnswerNamesWhatCan(String header) {
        var exchange = FakeExchange.get("/").header("Accept", header);
        assertThatThrownBy(() -> Accept.negotiate(exchange, Offers.PLAIN))
                .isInstanceOfSatisfying(StatusException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(406);
                    assertThat(e.status().reason()).isEqualTo("NotAcceptable");
                    assertThat(e.status().message())
                            .isEqualTo("only the following media types are accepted: "
                                    + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
                });
    }

    @Test
    void aStreamNamesStreamingTypesWhenNothingFits() {
        var exchange = FakeExchange.get("/").header("Accept", PROTOBUF);
        assertThatThrownBy(() -> Accept.negotiateStream(exchange, Offers.STREAM))
                .hasMessage("only the following media types are accepted: application/json;stream=watch");
    }

    @Test
    void onlyTheFirstAcceptHeaderCounts() {
        var exchange =
                FakeExchange.get("/").header("Accept", "application/yaml").header("Accept", "application/json");
        assertThat(Accept.negotiate(exchange, Offers.PLAIN).type()).isEqualTo(MediaType.YAML);
    }

    @Test
    void anEndpointMayOfferAConversionOfItsOwn() {
        var list = new Conversion("apidiscovery.k8s.io", "v2", "APIGroupDiscoveryList");
        var offers = new Offers(List.of(MediaType.JSON), (_, to) -> to.equals(list));
        var exchange = FakeExchange.get("/apis")
                .header(
                        "Accept",
                        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json");
        var accepted = Accept.negotiate(exchange, offers);
        assertThat(accepted.representation()).isEqualTo(new Representation.Other(list));
        assertThat(accepted.type().text() + list.parameters())
                .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    }

    record Pretty(String target, String agent, boolean pretty) {}

    static List<Pretty> people() {
        return List.of(
                new Pretty("/", "curl/8.5.0", true),
                new Pretty("/", "Wget/1.21", true),
                new Pretty("/", "Mozilla/5.0 (X11)", true),
                new Pretty("/", "Mozilla/4.0", false),
                new Pretty("/", "kubectl/v1.33.0", false),
                new Pretty("/?pretty=1", "kubectl/v1.33.0", true),
                new Pretty("/?pretty=true", "kubectl/v1.33.0", true),
                new Pretty("/?pretty=yes", "curl/8.5.0", false),
                new Pretty("/?pretty=0", "curl/8.5.0", false),
                new Pretty("/?pretty=", "curl/8.5.0", true));
    }

    @ParameterizedTest
    @MethodSource("people")
    void answersAreIndentedForPeople(Pretty row) {
        var exchange = FakeExchange.get(row.target()).header("User-Agent", row.agent());
        assertThat(Accept.negotiate(exchange, Offers.PLAIN).pretty()).isEqualTo(row.pretty());
    }

    @Test
    void noHeaderHoweverOddEndsInAnythingButAFormOrARefusal() {
        var random = new Random(7);
        String alphabet = "application/json*;,=q. asTableg\u0000\tv1\"\\";
        for (int round = 0; round < 20_000; round++) {
            var header = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var exchange = FakeExchange.get("/").header("Accept", header.toString());
            var found = Accept.find(exchange, Offers.OBJECTS);
            found.ifPresent(a -> assertThat(a.representation()).isNotNull());
        }
    }

    @Test
    void aHeaderOfManyClausesIsReadOnlyInPart() {
        var exchange = FakeExchange.get("/").header("Accept", "a/b,".repeat(50_000) + "application/json");
        assertThat(Accept.find(exchange, Offers.PLAIN)).isEmpty();
    }
}

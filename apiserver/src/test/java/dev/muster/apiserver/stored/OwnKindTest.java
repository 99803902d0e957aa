package dev.muster.apiserver.stored;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.discovery.Discovery;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.openapi.OpenApi;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.testing.Api;
import dev.muster.core.identity.User;
import dev.muster.testkit.http.FakeExchange;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stored kind of our own is a few lines of text: this one exists only here, and everything of it follows from them. */
class OwnKindTest {

    private static final Kinds KINDS = Kinds.loadWith("""
            kind identity.muster.dev/v1alpha1 Badge dev.muster.test.Badge badges badge cluster stored
            short bdg
            about Something to wear.
            column Name|string|name|0|The name of the object.|metadata.name
            column Owner|string||0|Whose it is.|spec.owner
            column Doors|string||0|What it opens.|spec.doors
            column Level|integer||0|How far.|spec.level
            column Age|date||0|How old it is.|metadata.creationTimestamp
            message dev.muster.test.Badge object
             apiVersion 0 string
             kind 0 string
             metadata 1 k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta
             spec 2 dev.muster.test.BadgeSpec # What is wanted.
            message dev.muster.test.BadgeList object
             apiVersion 0 string
             kind 0 string
             metadata 1 k8s.io.apimachinery.pkg.apis.meta.v1.ListMeta
             items 2 []dev.muster.test.Badge required
            message dev.muster.test.BadgeSpec object
             owner 1 string required # Whose it is.
             doors 2 []string list=set
             level 3 int32
            """);
    private static final String PATH = "/apis/identity.muster.dev/v1alpha1/badges";
    private static final String ONE = """
            {"kind":"Badge","apiVersion":"identity.muster.dev/v1alpha1","metadata":{"name":"b1"},
             "spec":{"owner":"jane","doors":["front","back"],"level":3}}""";

    private final Api api = new Api(KINDS);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void itIsKeptChangedAndDeleted() {
        assertThat(api.post(PATH, ONE).code()).isEqualTo(201);
        assertThat(api.get(PATH + "/b1").text("/spec/owner")).isEqualTo("jane");
        assertThat(api.patch(PATH + "/b1", "merge", "{\"spec\":{\"level\":4}}")
                        .json()
                        .at("/spec/level"))
                .hasToString("4");
        assertThat(api.get(PATH).json().path("items")).hasSize(1);
        assertThat(api.get(PATH + "?watch=true&resourceVersion=0").events()).containsExactly("ADDED b1");
        assertThat(api.delete(PATH + "/b1").code()).isEqualTo(200);
        assertThat(api.get(PATH + "/b1").code()).isEqualTo(404);
    }

    @Test
    void itsTableIsMadeFromThePathsOfItsColumns() {
        api.post(PATH, ONE);
        var table = api.send(FakeExchange.get(PATH)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
        assertThat(table.json().at("/rows/0/cells")).hasToString("[\"b1\",\"jane\",\"front,back\",3,\"0s\"]");
    }

    @Test
    void unknownFieldsAreRefusedWhereTheCallerWantsItStrict() {
        var answer = api.post(PATH + "?fieldValidation=Strict", ONE.replace("owner", "ownr"));
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).contains("unknown field \"spec.ownr\"");
    }

    @Test
    void wrongTypesAreRefused() {
        assertThat(api.post(PATH, ONE.replace("3", "\"three\"")).code()).isEqualTo(400);
    }

    @Test
    void itTravelsAsProtobuf() throws IOException {
        var protobuf = new Protobuf(KINDS);
        var sent = (ObjectNode) new ObjectMapper().readTree(ONE);
        var answer = api.send(FakeExchange.of("POST", PATH)
                .header("Content-Type", "application/vnd.kubernetes.protobuf")
                .body(protobuf.write(sent)));
        assertThat(answer.code()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.text("/spec/owner")).isEqualTo("jane");
    }

    @Test
    void discoveryAndOpenApiDescribeIt() {
        var resources = new Resources(api.resources.resources());
        var discovery = Discovery.of(resources, Responder.ofText(), "localhost");
        JsonNode group =
                get(discovery.routes(), "/apis/identity.muster.dev/v1alpha1").json();
        assertThat(group.path("resources").valueStream())
                .filteredOn(resource -> resource.path("name").asText().equals("badges"))
                .singleElement()
                .satisfies(badges -> assertThat(badges.path("verbs").toString()).contains("\"patch\"", "\"watch\""));
        var openApi = new OpenApi(KINDS, resources, Responder.ofText(), api.clock);
        JsonNode document = get(openApi.routes(), "/openapi/v3/apis/identity.muster.dev/v1alpha1")
                .json();
        assertThat(document.at("/components/schemas/dev.muster.test.Badge/description")
                        .asText())
                .isEqualTo("Something to wear.");
        assertThat(document.at("/components/schemas/dev.muster.test.BadgeSpec/properties/owner/description")
                        .asText())
                .isEqualTo("Whose it is.");
        assertThat(document.at("/components/schemas/dev.muster.test.BadgeSpec/required"))
                .hasToString("[\"owner\"]");
    }

    private static Api.Answer get(List<PathRoute> routes, String path) {
        var exchange = FakeExchange.get(path);
        var info = RequestInfoParser.parse("GET", path, exchange.query());
        new PathRoutes(routes).find(path).orElseThrow().handler().handle(new ApiCall(exchange, info, User.anonymous()));
        return new Api.Answer(exchange);
    }
}

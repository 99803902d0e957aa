package dev.muster.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.core.identity.User;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final String V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String V2BETA1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private static final Kinds KINDS = Kinds.load();
    private static final PathRoutes ROUTES = new PathRoutes(
            Discovery.of(EveryResource.of(KINDS), Responder.withProtobuf(new Protobuf(KINDS)::write), "127.0.0.1:6443")
                    .routes());

    @Test
    void theRootsNameVersionsAndGroups() {
        assertThat(text("/api"))
                .isEqualTo("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":"
                        + "[{\"clientCIDR\":\"0.0.0.0/0\",\"serverAddress\":\"127.0.0.1:6443\"}]}");
        var groups = tree("/apis").get("groups");
        assertThat(groups)
                .extracting(g -> g.get("name").asText())
                .containsExactly(
                        "authentication.k8s.io",
                        "authorization.k8s.io",
                        "certificates.k8s.io",
                        "rbac.authorization.k8s.io",
                        "identity.muster.dev");
        assertThat(groups.get(0).get("preferredVersion").toString())
                .isEqualTo("{\"groupVersion\":\"authentication.k8s.io/v1\",\"version\":\"v1\"}");
        assertThat(groups.get(0).get("versions")).hasSize(2);
        assertThat(tree("/apis/authentication.k8s.io")).isNotNull();
    }

    @Test
    void aVersionNamesItsResourcesAndTheirVerbs() {
        var list = tree("/api/v1");
        assertThat(list.get("kind").asText()).isEqualTo("APIResourceList");
        assertThat(list.get("groupVersion").asText()).isEqualTo("v1");
        assertThat(list.get("resources"))
                .extracting(r -> r.get("name").asText())
                .containsExactly(
                        "configmaps",
                        "events",
                        "namespaces",
                        "namespaces/status",
                        "nodes",
                        "nodes/status",
                        "pods",
                        "pods/status",
                        "secrets",
                        "serviceaccounts");
        assertThat(list.get("resources").get(6).toString())
                .isEqualTo("{\"name\":\"pods\",\"singularName\":\"pod\",\"namespaced\":true,\"kind\":\"Pod\",\"verbs\":"
                        + "[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"],"
                        + "\"shortNames\":[\"po\"],\"categories\":[\"all\"],\"storageVersionHash\":\"xPOwRZ+Yhw8=\"}");
        assertThat(tree("/apis/authentication.k8s.io/v1")
                        .get("resources")
                        .get(1)
                        .toString())
                .isEqualTo("{\"name\":\"tokenreviews\",\"singularName\":\"tokenreview\",\"namespaced\":false,"
                        + "\"kind\":\"TokenReview\",\"verbs\":[\"create\"]}");
    }

    @Test
    void verbsFollowFromCapabilitiesAlone() {
        var pods = KINDS.byResource("", "v1", "pods").orElseThrow();
        assertThat(Verbs.of(EveryResource.resource(pods, "", Getter.class))).containsExactly("get");
        assertThat(Verbs.of(EveryResource.resource(pods, "", Lister.class))).containsExactly("list");
    }

    @Test
    void theAggregatedFormRepeatsTheTypeThatWasAskedFor() throws Exception {
        for (String accept : new String[] {V2, V2BETA1}) {
            var exchange = get("/apis", accept + ",application/json");
            assertThat(exchange.responseHeader("content-type")).containsExactly(accept);
            assertThat(exchange.responseHeader("vary")).containsExactly("Accept");
            assertThat(exchange.responseHeader("cache-control")).containsExactly("public");
            assertThat(exchange.responseHeader("etag"))
                    .containsExactly('"'
                            + HexFormat.of()
                                    .withUpperCase()
                                    .formatHex(MessageDigest.getInstance("SHA-512")
                                            .digest(exchange.response().body()))
                            + '"');
            var tree = Json.parse(exchange.response().body()).value();
            assertThat(tree.get("apiVersion").asText())
                    .isEqualTo(accept.equals(V2) ? "apidiscovery.k8s.io/v2" : "apidiscovery.k8s.io/v2beta1");
            assertThat(tree.get("items")).hasSize(5);
        }
    }

    @Test
    void theFirstFormThatIsKnownIsChosen() {
        assertThat(get("/api", V2 + "," + V2BETA1 + ",application/json").responseHeader("content-type"))
                .containsExactly(V2);
        assertThat(get("/api", V2.replace("v=v2", "v=v3") + ",application/json").responseHeader("content-type"))
                .containsExactly("application/json");
        assertThatThrownBy(() -> get("/api", V2.replace("v=v2", "v=v3"))).isInstanceOf(StatusException.class);
        assertThatThrownBy(() -> get("/api/v1", V2)).isInstanceOf(StatusException.class);
    }

    @Test
    void aClientThatHasItIsToldSo() {
        var etag = get("/api", V2).responseHeader("etag").getFirst();
        var again = exchange("/api", V2).header("If-None-Match", etag);
        answer(again);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(again.responseHeader("etag")).containsExactly(etag);
        var other = exchange("/api", V2).header("If-None-Match", "\"AB\"");
        answer(other);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void anAggregatedResourceHasItsScopeKindAndSubresources() {
        var core = Json.parse(get("/api", V2).response().body())
                .value()
                .get("items")
                .get(0);
        assertThat(core.get("metadata").toString()).isEqualTo("{}");
        var namespaces = core.get("versions").get(0).get("resources").get(2);
        assertThat(namespaces.get("resource").asText()).isEqualTo("namespaces");
        assertThat(namespaces.get("scope").asText()).isEqualTo("Cluster");
        assertThat(namespaces.get("responseKind").toString())
                .isEqualTo("{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Namespace\"}");
        assertThat(namespaces.get("subresources").get(0).get("subresource").asText())
                .isEqualTo("status");
        assertThat(core.get("versions").get(0).get("freshness").asText()).isEqualTo("Current");
    }

    @Test
    void protobufAndYamlAreOfferedForPlainDocuments() {
        for (var path : new String[] {
            "/api", "/apis", "/api/v1", "/apis/authentication.k8s.io", "/apis/authentication.k8s.io/v1"
        }) {
            byte[] body =
                    get(path, "application/vnd.kubernetes.protobuf").response().body();
            assertThat(new Protobuf(KINDS).parseObject(body).value().get("kind"))
                    .isEqualTo(tree(path).get("kind"));
            assertThat(new String(get(path, "application/yaml").response().body(), StandardCharsets.UTF_8))
                    .startsWith("kind: ");
        }
    }

    private static JsonNode tree(String path) {
        return Json.parse(get(path, "application/json").response().body()).value();
    }

    private static String text(String path) {
        return get(path, "*/*").text();
    }

    private static FakeExchange get(String path, String accept) {
        var exchange = exchange(path, accept);
        answer(exchange);
        return exchange;
    }

    private static FakeExchange exchange(String path, String accept) {
        return FakeExchange.get(path).header("Accept", accept);
    }

    private static void answer(FakeExchange exchange) {
        ROUTES.find(exchange.path())
                .orElseThrow()
                .handler()
                .handle(new ApiCall(
                        exchange, RequestInfoParser.parse("GET", exchange.path(), exchange.query()), User.of("jane")));
    }
}

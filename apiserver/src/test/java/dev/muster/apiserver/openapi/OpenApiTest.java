package dev.muster.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.Json;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.discovery.EveryResource;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Lane;
import dev.muster.testkit.http.FakeExchange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final Kinds KINDS = Kinds.load();
    private static final PathRoutes ROUTES = routes();

    private static PathRoutes routes() {
        var clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
        return new PathRoutes(new OpenApi(KINDS, EveryResource.of(KINDS), Responder.ofText(), clock).routes());
    }

    @Test
    void theIndexNamesEveryGroupVersionByItsHash() {
        var index = tree("/openapi/v3").get("paths");
        assertThat(index.fieldNames())
                .toIterable()
                .containsExactly(
                        "api/v1",
                        "apis/authentication.k8s.io/v1",
                        "apis/authentication.k8s.io/v1beta1",
                        "apis/authorization.k8s.io/v1",
                        "apis/certificates.k8s.io/v1",
                        "apis/identity.muster.dev/v1alpha1",
                        "apis/rbac.authorization.k8s.io/v1");
        for (JsonNode entry : index) {
            var url = entry.get("serverRelativeURL").asText();
            assertThat(url).matches("/openapi/v3/api.*\\?hash=[0-9A-F]{128}");
            assertThat(get(url).status()).isEqualTo(200);
        }
    }

    @Test
    void aDocumentAskedForByItsHashMayBeKeptForAYear() {
        var url = tree("/openapi/v3").at("/paths/api~1v1/serverRelativeURL").asText();
        var exchange = get(url);
        assertThat(exchange.responseHeader("cache-control")).containsExactly("public, immutable");
        assertThat(exchange.responseHeader("expires")).containsExactly("Sat, 02 Jan 2027 03:04:05 GMT");
        var again = FakeExchange.get(url)
                .header("If-None-Match", exchange.responseHeader("etag").getFirst());
        answer(again, ROUTES);
        assertThat(again.status()).isEqualTo(304);
        assertThat(get("/openapi/v3/api/v1").responseHeader("cache-control")).isEmpty();
    }

    @Test
    void anOldHashIsSentToTheNewOne() {
        var exchange = get("/openapi/v3/api/v1?hash=AB");
        assertThat(exchange.status()).isEqualTo(301);
        assertThat(exchange.responseHeader("location").getFirst()).startsWith("/openapi/v3/api/v1?hash=");
    }

    @Test
    void whatIsNotServedIsNotFoundAndOtherFormsAreNotAcceptable() {
        assertThat(get("/openapi/v3/apis/apps/v1").status()).isEqualTo(404);
        var exchange = FakeExchange.get("/openapi/v3")
                .header("Accept", "application/com.github.proto-openapi.spec.v3@v1.0+protobuf");
        assertThatThrownBy(() -> answer(exchange, ROUTES)).isInstanceOf(StatusException.class);
    }

    @Test
    void theFirstRequestBuildsOffTheEventLoopAndLaterOnesDoNot() {
        var routes = routes();
        var first = FakeExchange.get("/openapi/v3");
        answer(first, routes);
        assertThat(first.lanes()).containsExactly(Lane.CPU);
        var second = FakeExchange.get("/openapi/v3");
        answer(second, routes);
        assertThat(second.lanes()).isEmpty();
    }

    @Test
    void patchTakesFieldValidation() {
        var patch =
                tree("/openapi/v3/api/v1").at("/paths/~1api~1v1~1namespaces~1{namespace}~1configmaps~1{name}/patch");
        assertThat(patch.get("x-kubernetes-group-version-kind").toString())
                .isEqualTo("{\"group\":\"\",\"version\":\"v1\",\"kind\":\"ConfigMap\"}");
        assertThat(patch.get("x-kubernetes-action").asText()).isEqualTo("patch");
        assertThat(patch.get("parameters"))
                .extracting(p -> p.get("name").asText())
                .containsExactly("dryRun", "fieldManager", "fieldValidation", "force");
    }

    @Test
    void schemasSayHowListsMerge() {
        var schemas = tree("/openapi/v3/api/v1").at("/components/schemas");
        var containers = schemas.at("/io.k8s.api.core.v1.PodSpec/properties/containers");
        assertThat(containers.toString())
                .isEqualTo(
                        "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/io.k8s.api.core.v1.Container\"},"
                                + "\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"name\"],"
                                + "\"x-kubernetes-patch-strategy\":\"merge\",\"x-kubernetes-patch-merge-key\":\"name\"}");
        assertThat(schemas.at("/io.k8s.api.core.v1.PodSpec/required").toString())
                .isEqualTo("[\"containers\"]");
        assertThat(schemas.at("/io.k8s.api.core.v1.Pod/x-kubernetes-group-version-kind")
                        .toString())
                .isEqualTo("[{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"}]");
        assertThat(schemas.at("/io.k8s.api.core.v1.Secret/properties/data/additionalProperties")
                        .toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"byte\"}");
        assertThat(schemas.at("/io.k8s.apimachinery.pkg.apis.meta.v1.Time").toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"date-time\"}");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasItsOwnName() {
        for (JsonNode entry : tree("/openapi/v3").get("paths")) {
            var document = Json.parse(get(entry.get("serverRelativeURL").asText())
                            .response()
                            .body())
                    .value();
            for (JsonNode reference : document.findValues("$ref")) {
                var name = reference.asText().substring("#/components/schemas/".length());
                assertThat(document.get("components").get("schemas").has(name))
                        .describedAs(name)
                        .isTrue();
            }
            var ids = document.findValuesAsText("operationId");
            assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        }
    }

    @Test
    void olderClientsGetVersionTwoInProtobufAndNothingElse() {
        var accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        var exchange = FakeExchange.get("/openapi/v2").header("Accept", accept);
        answer(exchange, ROUTES);
        assertThat(exchange.responseHeader("content-type")).containsExactly(accept.replace('@', '.'));
        // What it means is for kubectl 1.27 to say; here, that it holds what that looks for.
        assertThat(exchange.text())
                .startsWith("\n\u00032.0")
                .contains(
                        "#/definitions/io.k8s.api.core.v1.PodSpec", "x-kubernetes-patch-merge-key", "fieldValidation");
        var json = FakeExchange.get("/openapi/v2").header("Accept", "application/json");
        assertThatThrownBy(() -> answer(json, ROUTES)).isInstanceOf(StatusException.class);
    }

    private static JsonNode tree(String path) {
        return Json.parse(get(path).response().body()).value();
    }

    private static FakeExchange get(String target) {
        var exchange = FakeExchange.get(target).header("Accept", "application/json");
        answer(exchange, ROUTES);
        return exchange;
    }

    private static void answer(FakeExchange exchange, PathRoutes routes) {
        routes.find(exchange.path())
                .orElseThrow()
                .handler()
                .handle(new ApiCall(
                        exchange, RequestInfoParser.parse("GET", exchange.path(), exchange.query()), User.of("jane")));
    }
}

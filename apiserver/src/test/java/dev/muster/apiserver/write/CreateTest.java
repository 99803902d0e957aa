package dev.muster.apiserver.write;

import static dev.muster.apiserver.testing.Api.configMapJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aNewObjectGetsItsIdentityFromTheServer() {
        var made = api.post(CONFIG_MAPS, """
                {"metadata":{"name":"a","uid":"mine","creationTimestamp":"2001-01-01T00:00:00Z","selfLink":"/x",
                "deletionTimestamp":"2001-01-01T00:00:00Z","deletionGracePeriodSeconds":5,
                "managedFields":[{"manager":"m"}]}}""");
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.text("/kind")).isEqualTo("ConfigMap");
        assertThat(made.text("/apiVersion")).isEqualTo("v1");
        assertThat(made.text("/metadata/uid"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.text("/metadata/creationTimestamp")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(made.text("/metadata/namespace")).isEqualTo("default");
        assertThat(made.json().get("metadata").properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("name", "namespace", "uid", "creationTimestamp", "resourceVersion");
    }

    @Test
    void theNextReadSeesIt() {
        var made = api.configMap("a", "1");
        var read = api.get(CONFIG_MAPS + "/a");
        assertThat(read.exchange().text()).isEqualTo(made.exchange().text());
    }

    @Test
    void aTakenNameIsAConflict() {
        api.configMap("a", "1");
        var again = api.configMap("a", "2");
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("AlreadyExists");
        assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
    }

    @Test
    void generatedNamesHaveFiveLettersOfKubernetesAlphabet() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            names.add(api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}")
                    .text("/metadata/name"));
        }
        assertThat(names).hasSize(20).allMatch(name -> name.matches("g-[bcdfghjklmnpqrstvwxz2456789]{5}"));
    }

    @Test
    void aLongPrefixIsCutSoThatTheNameHas63Characters() {
        var made = api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"" + "x".repeat(100) + "\"}}");
        assertThat(made.text("/metadata/name")).hasSize(63);
    }

    @Test
    void aDryRunStoresNothing() {
        var tried = api.post(CONFIG_MAPS + "?dryRun=All", configMapJson("a", "1"));
        assertThat(tried.code()).isEqualTo(201);
        assertThat(tried.text("/metadata/uid")).isNotEmpty();
        assertThat(tried.version()).isEmpty();
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
        api.configMap("a", "1");
        assertThat(api.post(CONFIG_MAPS + "?dryRun=All", configMapJson("a", "1"))
                        .code())
                .isEqualTo(409);
    }

    @Test
    void aMissingNamespaceIs404() {
        var refused = api.post("/api/v1/namespaces/nowhere/configmaps", configMapJson("a", "1"));
        assertThat(refused.code()).isEqualTo(404);
        assertThat(refused.message()).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void nothingIsMadeInANamespaceOnItsWayOut() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"going\"}}");
        assertThat(api.delete("/api/v1/namespaces/going").text("/status/phase")).isEqualTo("Terminating");
        var refused = api.post("/api/v1/namespaces/going/configmaps", configMapJson("a", "1"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "configmaps \"a\" is forbidden: unable to create new content in namespace going because it is"
                                + " being terminated");
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("NamespaceTerminating");
        assertThat(refused.text("/details/causes/0/field")).isEqualTo("metadata.namespace");
    }

    @Test
    void aVersionOnANewObjectIsRefused() {
        var refused = api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"5\"}}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message()).isEqualTo("resourceVersion should not be set on objects to be created");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}} | the namespace of the provided object does not match the namespace sent on the request",
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}} | Secret in version \"v1\" cannot be handled as a ConfigMap",
                "{\"kind\":\"Nope\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}} | no kind \"Nope\" is registered for version \"v1\"",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v9\",\"metadata\":{\"name\":\"a\"}} | no kind \"ConfigMap\" is registered for version \"v9\"",
                "{\"kind\":7,\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}} | the object provided is unrecognized (must be of type ConfigMap)",
                "{\"metadata\":{\"name\":7}} | ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number",
                "{\"metadata\":[]} | ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal array",
                "[] | the object provided is unrecognized",
                "{ | the object provided is unrecognized",
                "`` | the object provided is unrecognized",
                "{} {} | the object provided is unrecognized",
            })
    void whatIsNoSuchObjectIs400(String body, String message) {
        var refused = api.post(CONFIG_MAPS, body);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.reason()).isEqualTo("BadRequest");
        assertThat(refused.message()).contains(message);
    }

    @Test
    void anOldVersionOfAKindIsRefusedWithTheMend() {
        var refused = api.post(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
                "{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1beta1\",\"metadata\":{\"name\":\"a\"}}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message())
                .startsWith(
                        "Role in version \"v1beta1\" cannot be handled as a Role: no kind \"Role\" is registered for"
                                + " version \"rbac.authorization.k8s.io/v1beta1\"")
                .contains("rbac.authorization.k8s.io/v1");
    }

    @Test
    void unknownFieldsAreRefusedWarnedOfOrIgnored() {
        String body = "{\"metadata\":{\"name\":\"a\"},\"bogus\":1,\"data\":{\"k\":\"1\",\"k\":\"2\"}}";
        var strict = api.post(CONFIG_MAPS + "?fieldValidation=Strict", body);
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.message())
                .startsWith("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: ")
                .contains("unknown field \"bogus\"", "duplicate field \"data.k\"");
        var ignored = api.post(CONFIG_MAPS + "?fieldValidation=Ignore&dryRun=All", body);
        assertThat(ignored.code()).isEqualTo(201);
        assertThat(ignored.warnings()).isEmpty();
        var warned = api.post(CONFIG_MAPS, body);
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.warnings()).anyMatch(w -> w.equals("299 - \"unknown field \\\"bogus\\\"\""));
        assertThat(warned.json().has("bogus")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dryRun=Some | dryRun: Unsupported value",
                "dryRun= | dryRun: Unsupported value",
                "fieldValidation=Maybe | fieldValidation: Unsupported value: \"Maybe\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                "fieldManager=a%01b | fieldManager: Invalid value",
            })
    void optionsNobodyKnowsAre422(String query, String message) {
        var refused = api.post(CONFIG_MAPS + "?" + query, configMapJson("a", "1"));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.message()).startsWith("CreateOptions.meta.k8s.io \"\" is invalid: " + message);
        assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void aLongFieldManagerIs422() {
        var refused = api.post(CONFIG_MAPS + "?fieldManager=" + "x".repeat(129), configMapJson("a", "1"));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("FieldValueTooLong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Not_A_Name", "a/b", "..", "a%2fb", "-a", "ä"})
    void badNamesAre422(String name) {
        var refused = api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.reason()).isEqualTo("Invalid");
        assertThat(refused.text("/details/causes/0/field")).isEqualTo("metadata.name");
    }

    @Test
    void noNameIs422() {
        var refused = api.post(CONFIG_MAPS, "{}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("FieldValueRequired");
    }

    @Test
    void yamlIsRead() {
        var made = api.send(FakeExchange.post(
                CONFIG_MAPS,
                "application/yaml",
                "kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  k: v\n"));
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.text("/data/k")).isEqualTo("v");
    }

    @Test
    void anotherContentTypeIs415() {
        var refused = api.send(FakeExchange.post(CONFIG_MAPS, "text/csv", "a,b"));
        assertThat(refused.code()).isEqualTo(415);
        assertThat(refused.reason()).isEqualTo("UnsupportedMediaType");
    }

    @Test
    void anObjectTooLargeForTheStoreIs413() {
        var refused = api.configMap("a", "x".repeat(1_600_000));
        assertThat(refused.code()).isIn(413, 422);
    }
}

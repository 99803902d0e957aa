package dev.muster.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {

    private static final String A = "/api/v1/namespaces/default/configmaps/a";

    private final Api api = new Api();
    private Api.Answer made;

    @BeforeEach
    void make() {
        made = api.configMap("a", "1");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | [{\"op\":\"replace\",\"path\":\"/data/k\",\"value\":\"2\"}]",
                "merge | {\"data\":{\"k\":\"2\"}}",
                "strategic-merge | {\"data\":{\"k\":\"2\"}}",
            })
    void eachFormChangesTheObject(String form, String patch) {
        var patched = api.patch(A, form, patch);
        assertThat(patched.code()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.text("/data/k")).isEqualTo("2");
        assertThat(patched.text("/metadata/uid")).isEqualTo(made.text("/metadata/uid"));
        assertThat(api.get(A).text("/data/k")).isEqualTo("2");
    }

    @Test
    void aPatchThatChangesNothingWritesNothing() {
        assertThat(api.patch(A, "merge", "{}").version()).isEqualTo(made.version());
    }

    @Test
    void aPatchOfAnOldVersionIsAConflict() {
        api.patch(A, "merge", "{\"data\":{\"k\":\"2\"}}");
        var late = api.patch(
                A, "merge", "{\"metadata\":{\"resourceVersion\":\"" + made.version() + "\"},\"data\":{\"k\":\"3\"}}");
        assertThat(late.code()).isEqualTo(409);
        assertThat(late.message()).contains("the object has been modified");
    }

    @Test
    void serverSideApplyIs415AndNamesTheOtherWay() {
        var refused = api.send(FakeExchange.of("PATCH", A + "?fieldManager=kubectl")
                .header("Content-Type", "application/apply-patch+yaml")
                .body("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.code()).isEqualTo(415);
        assertThat(refused.reason()).isEqualTo("UnsupportedMediaType");
        assertThat(refused.message())
                .contains(
                        "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json")
                .contains("without --server-side");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | {} | 400",
                "json | [ | 400",
                "json | [{\"op\":\"nope\",\"path\":\"/data\"}] | 422",
                "json | [{\"op\":\"remove\",\"path\":\"/nothing\"}] | 422",
                "json | [{\"op\":\"replace\",\"path\":\"\",\"value\":[]}] | 422",
                "json | [{\"op\":\"replace\",\"path\":\"/data\",\"value\":7}] | 422",
                "json | [{\"op\":\"remove\",\"path\":\"/kind\"}] | 400",
                "json | [{\"op\":\"remove\",\"path\":\"/metadata\"}] | 400",
                "merge | {\"metadata\":null} | 400",
                "merge | [] | 400",
                "merge | 7 | 400",
                "merge | {\"metadata\":{\"name\":\"b\"}} | 400",
                "merge | {\"metadata\":{\"namespace\":\"b\"}} | 400",
                "merge | {\"metadata\":{\"uid\":\"b\"}} | 422",
                "merge | {\"apiVersion\":\"v2\"} | 400",
                "merge | {\"kind\":\"Secret\"} | 400",
                "merge | {\"data\":{\"k\":7}} | 422",
                "merge | {\"metadata\":{\"labels\":{\"bad label\":\"x\"}}} | 422",
                "strategic-merge | [] | 400",
                "strategic-merge | {\"data\":[]} | 422",
                "strategic-merge | {\"$patch\":\"nope\"} | 400",
            })
    void badPatchesAreRefused(String form, String patch, int code) {
        var refused = api.patch(A, form, patch);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(api.get(A).text("/metadata/uid")).isEqualTo(made.text("/metadata/uid"));
    }

    @Test
    void unknownFieldsOfTheResultAreRefusedOrWarnedOf() {
        var strict = api.patch(A + "?fieldValidation=Strict", "merge", "{\"bogus\":1}");
        assertThat(strict.code()).isEqualTo(422);
        assertThat(strict.message()).contains("patch: Invalid value", "strict decoding error: unknown field \"bogus\"");
        var warned = api.patch(A, "merge", "{\"bogus\":1}");
        assertThat(warned.code()).isEqualTo(200);
        assertThat(warned.warnings()).hasSize(1);
        assertThat(warned.json().has("bogus")).isFalse();
    }

    @Test
    void anErrorQuotesThePatchAndNotTheObject() {
        api.patch(A, "merge", "{\"data\":{\"secret\":\"hunter2\"}}");
        var strict = api.patch(A + "?fieldValidation=Strict", "merge", "{\"bogus\":1}");
        assertThat(strict.exchange().text()).doesNotContain("hunter2");
    }

    @Test
    void forceIsForApplyAlone() {
        assertThat(api.patch(A + "?force=true", "merge", "{}").code()).isEqualTo(422);
    }

    @Test
    void aPatchOfSomethingMissingIs404() {
        assertThat(api.patch("/api/v1/namespaces/default/configmaps/b", "merge", "{}")
                        .code())
                .isEqualTo(404);
    }

    @Test
    void aDryRunStoresNothing() {
        assertThat(api.patch(A + "?dryRun=All", "merge", "{\"data\":{\"k\":\"2\"}}")
                        .text("/data/k"))
                .isEqualTo("2");
        assertThat(api.get(A).text("/data/k")).isEqualTo("1");
    }
}

package dev.muster.apiserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.testing.Api;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends, the answer is a Status that blames the caller, or what was asked for: never a 500. */
class BadInputFuzzTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "X");
    private static final List<String> PATHS = List.of(
            "/api/v1/namespaces/default/configmaps",
            "/api/v1/namespaces/default/configmaps/a",
            "/api/v1/namespaces/default/secrets",
            "/api/v1/namespaces/default/pods/p",
            "/api/v1/namespaces/default/pods/p/status",
            "/api/v1/namespaces/default/events",
            "/api/v1/namespaces",
            "/api/v1/namespaces/extra",
            "/api/v1/namespaces/extra/finalize",
            "/api/v1/nodes",
            "/api/v1/nodes/n/status",
            "/api/v1/watch/configmaps",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/r");
    private static final List<String> NAMES = List.of(
            "limit",
            "continue",
            "resourceVersion",
            "resourceVersionMatch",
            "labelSelector",
            "fieldSelector",
            "watch",
            "sendInitialEvents",
            "allowWatchBookmarks",
            "timeoutSeconds",
            "dryRun",
            "fieldManager",
            "fieldValidation",
            "force",
            "gracePeriodSeconds",
            "propagationPolicy",
            "orphanDependents",
            "pretty",
            "includeObject");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "-1",
            "true",
            "false",
            "All",
            "Exact",
            "NotOlderThan",
            "Strict",
            "Background",
            "abc",
            "9223372036854775807",
            "9223372036854775808",
            "a%3Db",
            "a%20in%20(b,c)",
            "metadata.name%3Da",
            "%00",
            "%ff",
            "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhXHUwMDAwIn0",
            "(((((",
            "%5C",
            "a,b,c",
            "!");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "text/plain",
            "");
    private static final List<String> ACCEPTS = List.of(
            "application/json",
            "application/yaml",
            "*/*",
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json",
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
            "text/html");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "7",
            "{\"metadata\":{\"name\":\"a\"}}",
            "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":null},\"finalizers\":[\"a/b\",null]}}",
            "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\",\"generation\":-1,\"ownerReferences\":[{}]}}",
            "{\"metadata\":{\"generateName\":\"x\",\"creationTimestamp\":\"yesterday\"}}",
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},\"status\":{}}",
            "{\"metadata\":{\"name\":\"extra\"},\"spec\":{\"finalizers\":[]},\"status\":{\"phase\":\"Terminating\"}}",
            "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"x\"},\"dryRun\":[\"All\"]}",
            "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}]",
            "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/data/x\"}]",
            "[{\"op\":\"remove\",\"path\":\"/metadata\"}]",
            "{\"metadata\":null,\"data\":{\"$patch\":\"replace\"}}",
            "{\"metadata\":{\"$patch\":\"delete\"},\"spec\":{\"$retainKeys\":[]}}",
            "{\"rules\":[{\"verbs\":[],\"resources\":null}],\"roleRef\":{},\"subjects\":[{}]}",
            "kind: ConfigMap\nmetadata: &a {name: a}\nx: *a\n",
            "k8s\0\u0001\u0002",
            "{\"data\":{\"k\":\"\\ud800\"}}");

    private final Api api = new Api();
    private final Random random = new Random(20260301);

    @BeforeEach
    void make() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"extra\"}}");
        api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}");
        api.configMap("a", "1");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void nothingACallerSendsIsOurFault() {
        for (int i = 0; i < 20_000; i++) {
            var target = new StringBuilder(any(PATHS));
            for (int n = random.nextInt(4), at = 0; at < n; at++) {
                target.append(at == 0 ? '?' : '&')
                        .append(any(NAMES))
                        .append('=')
                        .append(value());
            }
            if (target.indexOf("resourceVersion=9223372036854775807") >= 0) {
                continue; // Waits for three seconds, as it should.
            }
            String body = body();
            var exchange = FakeExchange.of(any(METHODS), target.toString())
                    .header("Content-Type", any(TYPES))
                    .header("Accept", any(ACCEPTS))
                    .body(body.getBytes(StandardCharsets.ISO_8859_1));
            int code = code(exchange);
            assertThat(code)
                    .as("%s %s %s with %s: %s", exchange.method(), target, body, exchange.headers(), text(exchange))
                    .isLessThan(500);
            exchange.disconnect();
        }
    }

    private String value() {
        String value = any(VALUES);
        if (random.nextInt(4) > 0 || value.isEmpty()) {
            return value;
        }
        var changed = new StringBuilder(value);
        changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(33, 127));
        return changed.toString().replace("&", "").replace("?", "");
    }

    private String body() {
        String body = any(BODIES);
        if (random.nextInt(3) > 0 || body.isEmpty()) {
            return body;
        }
        var changed = new StringBuilder(body);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(0, 256));
        }
        return changed.toString();
    }

    private int code(FakeExchange exchange) {
        try {
            return api.send(exchange).code();
        } catch (StatusException e) {
            return e.status().code();
        }
    }

    private static String text(FakeExchange exchange) {
        return exchange.responded() ? exchange.text() : "";
    }
}

package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.it.wire.Wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a request is said in a Status that blames the request, and the connection lives on. */
class BadInputTest {

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
    private static final String ONE = MAPS + "/kept";

    @TempDir
    static Path folder;

    private static WholeServer server;
    private static Wire admin;
    private static Logged logged;

    /** What is sent, and the Status that it is to give. */
    record Bad(String method, String target, String type, byte[] body, int status, String reason, String says) {

        Bad(String method, String target, String type, String body, int status, String reason, String says) {
            this(method, target, type, body.getBytes(StandardCharsets.UTF_8), status, reason, says);
        }

        @Override
        public String toString() {
            String text = new String(body, 0, Math.min(body.length, 40), StandardCharsets.US_ASCII);
            return method + " " + target.substring(0, Math.min(target.length(), 120)) + " " + type + " " + text;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        logged = Logged.listen();
        server = WholeServer.start(folder);
        admin = Wire.presenting(server.admin(), server.port(), "TLSv1.3");
        byte[] kept = "{\"metadata\":{\"name\":\"kept\"},\"data\":{\"a\":\"1\"}}".getBytes(StandardCharsets.UTF_8);
        assertThat(admin.send("POST", MAPS, List.of("Content-Type: " + JSON), kept)
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        server.close();
        logged.close();
    }

    private static Bad get(String target, int status, String reason, String says) {
        return new Bad("GET", target, "", "", status, reason, says);
    }

    private static Bad list(String query, String says) {
        return get(MAPS + "?" + query, 400, "BadRequest", says);
    }

    private static Bad post(String type, String body, String says) {
        return new Bad("POST", MAPS, type, body, 400, "BadRequest", says);
    }

    private static Bad post(String type, byte[] body, String says) {
        return new Bad("POST", MAPS, type, body, 400, "BadRequest", says);
    }

    private static Bad invalid(String body, String says) {
        return new Bad("POST", MAPS, JSON, body, 422, "Invalid", says);
    }

    private static Bad patch(String type, String body, int status, String reason, String says) {
        return new Bad("PATCH", ONE, "application/" + type, body, status, reason, says);
    }

    static Stream<Bad> paths() {
        String missing = "the server could not find the requested resource";
        return Stream.of(
                get("/api/v1/namespaces/default/configmaps/..%2f..%2fsecrets", 400, "BadRequest", "an encoded slash"),
                get("/api/v1/namespaces/default/configmaps/a%00b", 400, "BadRequest", "a control character"),
                get("/api/v1/namespaces/default/configmaps/%ff%fe", 400, "BadRequest", "not UTF-8"),
                get("/api/v1/namespaces/default/../kube-system/secrets", 404, "NotFound", missing),
                get("/api/v1/watch", 400, "BadRequest", "the request path is malformed"),
                get("/api/v1/nothings", 404, "NotFound", missing),
                get("/api/v1/namespaces/default/nodes", 404, "NotFound", missing),
                get("/api/v1/namespaces/default/configmaps/kept/status", 404, "NotFound", missing),
                get("/api/v1/namespaces/default/configmaps/Kept", 404, "NotFound", "configmaps \"Kept\" not found"),
                get("/apis/rbac.authorization.k8s.io/v1/roles/r", 404, "NotFound", missing),
                new Bad("POST", ONE, JSON, "{}", 405, "MethodNotAllowed", "does not allow this method"),
                new Bad("PUT", MAPS, JSON, "{}", 405, "MethodNotAllowed", "does not allow this method"),
                new Bad("OPTIONS", MAPS, "", "", 405, "MethodNotAllowed", "does not allow this method"),
                new Bad("TRACE", MAPS, "", "", 405, "MethodNotAllowed", "does not allow this method"),
                new Bad("GETS", MAPS, "", "", 405, "MethodNotAllowed", "does not allow this method"));
    }

    static Stream<Bad> queries() {
        return Stream.of(
                list("limit=abc", "strconv.ParseInt: parsing \"abc\": invalid syntax"),
                list("limit=99999999999999999999", "value out of range"),
                list("continue=abc", "invalid continue token: continue key is not valid"),
                list("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiIuLi9hIn0", "invalid continue token"),
                list("labelSelector=a%20in", "unable to parse requirement"),
                list("labelSelector=%3D%3D", "found '==', expected: !, identifier"),
                list("labelSelector=a%00", "unable to parse requirement"),
                list("fieldSelector=spec.foo%3Db", "\"spec.foo\" is not a known field selector"),
                list("fieldSelector=metadata.name", "invalid selector"),
                list("resourceVersion=abc", "invalid resource version"),
                list("resourceVersion=-1", "invalid resource version"),
                get(MAPS + "?resourceVersion=1&resourceVersionMatch=Foo", 422, "Invalid", "resourceVersionMatch"),
                get(MAPS + "?resourceVersion=9999999", 504, "Timeout", "Too large resource version: 9999999"),
                get(MAPS + "?watch=1&resourceVersion=abc", 422, "Invalid", "Invalid value: \"abc\""),
                list("timeoutSeconds=1.5", "strconv.ParseInt: parsing \"1.5\""),
                new Bad("POST", MAPS + "?dryRun=some", JSON, "{}", 422, "Invalid", "supported values: \"All\""),
                new Bad("POST", MAPS + "?fieldValidation=some", JSON, "{}", 422, "Invalid", "\"Strict\", \"Warn\""),
                new Bad(
                        "POST",
                        MAPS + "?fieldValidation=Strict",
                        JSON,
                        "{\"metadata\":{\"name\":\"a\"},\"foo\":1,\"data\":{\"a\":\"1\",\"a\":\"2\"}}",
                        400,
                        "BadRequest",
                        "strict decoding error: "),
                new Bad("POST", MAPS + "?fieldManager=" + "x".repeat(129), JSON, "{}", 422, "Invalid", "128 bytes"),
                new Bad("DELETE", ONE + "?propagationPolicy=Some", "", "", 422, "Invalid", "propagationPolicy"),
                new Bad("DELETE", ONE + "?gracePeriodSeconds=x", "", "", 400, "BadRequest", "strconv.ParseInt"),
                new Bad("DELETE", ONE, JSON, "{\"gracePeriodSeconds\":\"x\"}", 400, "BadRequest", "of type int64"),
                new Bad("DELETE", ONE, JSON, "{\"preconditions\":{\"uid\":\"x\"}}", 409, "Conflict", "UID"));
    }

    static Stream<Bad> bodies() {
        String unread = "the object provided is unrecognized";
        return Stream.of(
                post(JSON, "", "unexpected end of JSON input"),
                post(JSON, "{", unread),
                post(JSON, "{\"metadata\":{\"name\":\"a\"}", unread),
                post(JSON, "null", unread),
                post(JSON, "\"a\"", unread),
                post(JSON, "[]", unread),
                post(JSON, "{} {}", unread),
                post(JSON, "{'a':1}", unread),
                post(JSON, "{\"a\":NaN}", unread),
                post(JSON, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, "not UTF-8"),
                post(JSON, "[".repeat(200_000), "exceeded max depth"),
                post(JSON, "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000), "exceeded max depth"),
                post(JSON, "{\"metadata\":{\"generation\":" + "9".repeat(100_000) + "}}", unread),
                post(JSON, "{\"metadata\":{\"name\":1}}", "cannot unmarshal number into Go struct field"),
                post(JSON, "{\"data\":[]}", "cannot unmarshal array"),
                post(JSON, "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}", "cannot be handled as a ConfigMap"),
                post(JSON, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"}}", "does not match the namespace"),
                post(YAML, "a: [", "error converting YAML to JSON"),
                post(
                        YAML,
                        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [" + stars("a") + "]\nc: &c [" + stars("b") + "]\nd: &d ["
                                + stars("c") + "]\ne: &e [" + stars("d") + "]\nf: &f [" + stars("e") + "]\ng: ["
                                + stars("f")
                                + "]\n",
                        "more than 500000 values"),
                post(YAML, "? {a: b}\n: c\n", unread),
                post(YAML, "a: !!javax.script.ScriptEngineManager []\n", unread),
                post(PROTOBUF, "", unread),
                post(PROTOBUF, "{}", unread),
                post(PROTOBUF, new byte[] {'k', '8', 's', 0, 10, -1, -1, -1, -1, 15}, "unexpected EOF"),
                post(PROTOBUF, "k8s\0" + "\n\177".repeat(50_000), unread),
                new Bad("POST", MAPS, "text/plain", "{}", 415, "UnsupportedMediaType", "accepted media types include"),
                new Bad("POST", MAPS, "a;;b/=", "{}", 415, "UnsupportedMediaType", "accepted media types include"),
                new Bad("POST", MAPS, JSON, new byte[3 * 1024 * 1024 + 1], 413, "RequestEntityTooLarge", "limit is"));
    }

    private static String stars(String name) {
        return String.join(",", java.util.Collections.nCopies(9, "*" + name));
    }

    static Stream<Bad> objects() {
        return Stream.of(
                invalid("{}", "name or generateName is required"),
                invalid("{\"metadata\":{\"name\":\"a/../b\"}}", "a lowercase RFC 1123 subdomain"),
                invalid("{\"metadata\":{\"name\":\"..\"}}", "a lowercase RFC 1123 subdomain"),
                invalid("{\"metadata\":{\"name\":\"\u00e9\"}}", "a lowercase RFC 1123 subdomain"),
                invalid("{\"metadata\":{\"name\":\"" + "a".repeat(254) + "\"}}", "no more than 253"),
                invalid("{\"metadata\":{\"name\":\"a\",\"labels\":{\"-\":\"-\"}}}", "metadata.labels"),
                invalid("{\"metadata\":{\"name\":\"a\"},\"data\":{\"a/b\":\"\"}}", "data[a/b]"),
                invalid(
                        "{\"metadata\":{\"name\":\"a\"},\"data\":{\"a\":\"" + "x".repeat((1 << 20) + 1) + "\"}}",
                        "may not be more than 1048576 bytes"),
                new Bad(
                        "POST",
                        "/api/v1/namespaces/nowhere/configmaps",
                        JSON,
                        "{\"metadata\":{\"name\":\"a\"}}",
                        404,
                        "NotFound",
                        "namespaces \"nowhere\" not found"),
                new Bad(
                        "POST",
                        ROLES,
                        JSON,
                        "{\"metadata\":{\"name\":\"a\"},\"rules\":[{\"verbs\":[]}]}",
                        422,
                        "Invalid",
                        "rules[0].verbs"),
                new Bad(
                        "PUT",
                        ONE,
                        JSON,
                        "{\"metadata\":{\"name\":\"other\"}}",
                        400,
                        "BadRequest",
                        "the name of the object (other) does not match the name on the URL (kept)"),
                new Bad(
                        "PUT",
                        ONE,
                        JSON,
                        "{\"metadata\":{\"name\":\"kept\",\"resourceVersion\":\"1\"}}",
                        409,
                        "Conflict",
                        "the object has been modified"));
    }

    static Stream<Bad> patches() {
        return Stream.of(
                patch("json", "{}", 415, "UnsupportedMediaType", "application/merge-patch+json"),
                patch("merge-patch+json", "[", 400, "BadRequest", ""),
                patch("merge-patch+json", "[]", 400, "BadRequest", ""),
                patch("merge-patch+json", "{\"data\":{\"a\":{}}}", 422, "Invalid", ""),
                patch("json-patch+json", "{}", 400, "BadRequest", ""),
                patch("json-patch+json", "[{\"op\":\"some\",\"path\":\"/a\"}]", 422, "Invalid", ""),
                patch("json-patch+json", "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":2}]", 422, "Invalid", ""),
                patch("json-patch+json", "[{\"op\":\"remove\",\"path\":\"/no/where\"}]", 422, "Invalid", ""),
                patch("strategic-merge-patch+json", "{\"$patch\":\"some\"}", 400, "BadRequest", ""),
                patch("strategic-merge-patch+json", "{\"metadata\":[]}", 400, "BadRequest", ""));
    }

    @ParameterizedTest
    @MethodSource({"paths", "queries", "bodies", "objects", "patches"})
    void itIsToldWhatIsWrong(Bad bad) throws Exception {
        var headers = bad.type().isEmpty() ? List.<String>of() : List.of("Content-Type: " + bad.type());
        Answer answer = admin.send(bad.method(), bad.target(), headers, bad.body());

        assertThat(answer.status()).as(answer.text()).isEqualTo(bad.status());
        assertThat(answer.header("content-type")).startsWith(JSON);
        JsonNode status = new ObjectMapper().readTree(answer.body());
        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("status").asText()).isEqualTo("Failure");
        assertThat(status.path("reason").asText()).isEqualTo(bad.reason());
        assertThat(status.path("code").asInt()).isEqualTo(bad.status());
        assertThat(status.path("message").asText()).contains(bad.says());
        assertNothingOfTheInside(answer.text());
        assertThat(admin.send("GET", ONE, List.of(), new byte[0]).status()).isEqualTo(200);
        assertThat(String.join("", logged.lines())).doesNotContain("Exception");
    }

    /** These are no requests: answered without a Status, and the connection ends. */
    @ParameterizedTest
    @MethodSource("noRequests")
    void whatIsNoRequestIsAnsweredAndLeft(String request) throws Exception {
        try (Wire wire = Wire.anonymous(server.port(), "TLSv1.3")) {
            Answer answer = wire.raw(request.getBytes(StandardCharsets.ISO_8859_1), false);
            assertThat(answer.status()).isBetween(400, 505);
            assertThat(answer.status()).isNotIn(500, 502, 503, 504);
            assertNothingOfTheInside(answer.text());
            assertThat(wire.send("GET", "/version", List.of(), new byte[0]).status())
                    .as("and is heard again")
                    .isEqualTo(200);
        }
    }

    static Stream<String> noRequests() {
        String rest = "\r\nHost: a\r\n\r\n";
        return Stream.of(
                "\r\n\r\n\r\nfoo\r\n\r\n",
                "GET" + rest,
                "GET /api/%zz HTTP/1.1" + rest,
                "GET /api HTTP/9.9" + rest,
                "GET  /api HTTP/1.1" + rest,
                "GET http://[::1 HTTP/1.1" + rest,
                "GET /a b HTTP/1.1" + rest,
                "GET /" + "a".repeat(100_000) + " HTTP/1.1" + rest,
                "GET /api HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(2_000_000) + "\r\n\r\n",
                "GET /api HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(100_000) + "\r\n",
                "GET /api HTTP/1.1\r\nHost: a\r\nBad Name: a\r\n\r\n",
                "GET /api HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
                "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    void aCredentialIsNeverRepeated() throws Exception {
        String token = "a-token-that-nobody-knows-5c1";
        for (String header : List.of("Authorization: Bearer " + token, "Authorization: Basic " + token)) {
            Answer answer = admin.send("GET", "/api/v1/nodes?x=%zz" + token, List.of(header), new byte[0]);
            assertThat(answer.text()).doesNotContain(token);
        }
        try (Wire wire = Wire.anonymous(server.port(), "TLSv1.3")) {
            Answer answer = wire.send("GET", "/api/v1/nodes", List.of("Authorization: Bearer " + token), new byte[0]);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text() + answer.headers()).doesNotContain(token);
        }
        assertThat(String.join("", logged.lines())).doesNotContain(token);
    }

    /** Class names, paths of the machine, statements of the database. */
    private static void assertNothingOfTheInside(String text) {
        for (String inside :
                Arrays.asList("dev.muster", "java.", "io.vertx", "io.netty", "Exception", "/pki/", "SELECT")) {
            assertThat(text).doesNotContain(inside);
        }
    }
}

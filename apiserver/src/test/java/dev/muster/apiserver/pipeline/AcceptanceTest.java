package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.request.PathRoute;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Response;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the acceptance matrix, over the wire and with the real authenticators; everybody but anonymous may do all. */
class AcceptanceTest {

    private static final String PODS = "/api/v1/pods";
    private static final Map<String, List<String>> TEXT = Map.of("content-type", List.of("text/plain"));

    private LiveFront live;

    @AfterEach
    void stop() {
        if (live != null) {
            live.close();
        }
    }

    private void start(AnonymousAccess anonymous) {
        var front = new Front();
        front.authorizer =
                asked -> asked.user().isIn(User.AUTHENTICATED) ? Decision.allow("") : anonymousMay(asked.verb());
        front.resources = call -> call.exchange()
                .respond(new Response(
                        200,
                        TEXT,
                        (call.user().name() + " " + call.user().groups() + " "
                                        + call.exchange().headers().all("authorization"))
                                .getBytes(StandardCharsets.UTF_8)));
        front.routes.add(PathRoute.reading("/version", call -> front.responder.text(call.exchange(), 200, "v")));
        live = new LiveFront(front, anonymous);
    }

    /** Anonymous may read paths and see nothing of the API. */
    private static Decision anonymousMay(String verb) {
        return verb.equals("get") ? Decision.allow("") : Decision.NO_OPINION;
    }

    private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
        HttpRequest.Builder request = live.to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return LiveFront.send(client, request);
    }

    private static HttpClient nobody(Version version) {
        return LiveFront.client(version, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void row1NoCredentialIsForbiddenAsAnonymous(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var response = get(nobody(version), PODS);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains(
                        "\"message\":\"pods is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"pods\\\""
                                + " in API group \\\"\\\" at the cluster scope\"");
    }

    @ParameterizedTest
    @EnumSource
    void row2ABadBearerIs401WithoutAChallenge(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var response = get(nobody(version), "/version", "Authorization", "Bearer nonsense");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().map()).doesNotContainKey("www-authenticate");
        assertThat(response.headers().firstValue("audit-id")).isPresent();
        assertThat(response.headers().firstValue("warning")).get().asString().startsWith("299 - \"refused (id ");
    }

    @ParameterizedTest
    @EnumSource
    void row3NoCredentialWithAnonymousOffIs401(Version version) throws Exception {
        start(new AnonymousAccess.Off());
        assertThat(get(nobody(version), "/version").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void anonymousOnSomePathsIs401OnOthersHoweverTheyAreSpelled(Version version) throws Exception {
        start(new AnonymousAccess.On(Set.of("/version")));
        var client = nobody(version);
        assertThat(get(client, "/version").statusCode()).isEqualTo(200);
        assertThat(get(client, "/%76ersion").statusCode()).isEqualTo(200);
        assertThat(get(client, "/version/").statusCode()).isEqualTo(401);
        assertThat(get(client, "//version").statusCode()).isEqualTo(401);
        assertThat(get(client, "/version%2F").statusCode()).isEqualTo(400);
        assertThat(get(client, "/healthz").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void row4ABadCertificateDoesNotHideAGoodToken(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var stranger = LiveFront.client(version, Optional.of(LiveFront.STRANGERS.client("mallory", "system:masters")));
        assertThat(get(stranger, PODS).statusCode()).isEqualTo(401);
        var response = get(stranger, PODS, "Authorization", "Bearer jane-token");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("jane [developers, system:authenticated] []");
    }

    @ParameterizedTest
    @EnumSource
    void aGoodCertificateIsNotHiddenByABadToken(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var john = LiveFront.client(version, Optional.of(LiveFront.CLIENTS.client("john", "admins")));
        assertThat(get(john, PODS, "Authorization", "Bearer nonsense").body())
                .isEqualTo("john [admins, system:authenticated] []");
    }

    @ParameterizedTest
    @EnumSource
    void row5ACertificateWithoutANameIsNobodys(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var nameless = LiveFront.client(version, Optional.of(LiveFront.CLIENTS.client("", "admins")));
        assertThat(get(nameless, PODS).body()).contains("system:anonymous");
    }

    @ParameterizedTest
    @EnumSource
    void row6ACertificateOfTheMastersIsServedWhenNobodyElseIs(Version version) throws Exception {
        var full = new Front();
        full.limits(0, 0, full.limits.deadline());
        full.authorizer = asked -> asked.user().isIn(User.MASTERS) ? Decision.allow("") : Decision.deny("no");
        live = new LiveFront(full, new AnonymousAccess.Everywhere());
        var root = LiveFront.client(version, Optional.of(LiveFront.CLIENTS.client("root", User.MASTERS)));
        assertThat(get(root, PODS).statusCode()).isEqualTo(200);
        var john = LiveFront.client(version, Optional.of(LiveFront.CLIENTS.client("john", "admins")));
        var refused = get(john, PODS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
    }

    @ParameterizedTest
    @EnumSource
    void row7ABasicHeaderIsNoCredential(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        assertThat(get(nobody(version), "/version", "Authorization", "Basic YTpi")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void row10RemoteUserHeadersWithoutAProxyAreNothing(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        var response = get(nobody(version), PODS, "X-Remote-User", "root", "X-Remote-Group", "system:masters");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("system:anonymous");
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOverTheLimitIsAStatusWithItsAuditId(Version version) throws Exception {
        start(new AnonymousAccess.Everywhere());
        live.front.resources =
                call -> call.exchange().body(10, _ -> call.exchange().respond(Response.empty(200)));
        var response = LiveFront.send(
                nobody(version),
                live.to(PODS)
                        .header("Authorization", "Bearer jane-token")
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(11))));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"reason\":\"RequestEntityTooLarge\"");
        assertThat(response.headers().firstValue("audit-id")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void clientsOutliveTheEndOfConnectionsThatWereRefused(Version version) throws Exception {
        start(new AnonymousAccess.Off());
        var client = nobody(version);
        for (int i = 0; i < 3; i++) {
            assertThat(get(client, "/version").statusCode()).isEqualTo(401);
        }
        assertThat(get(client, "/version", "Authorization", "Bearer jane-token").statusCode())
                .isEqualTo(200);
    }
}

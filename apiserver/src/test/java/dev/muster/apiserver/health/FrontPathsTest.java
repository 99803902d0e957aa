package dev.muster.apiserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.pipeline.Counters;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Query;
import dev.muster.testkit.http.FakeExchange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, version and index, as clients of kube-apiserver know them. */
class FrontPathsTest {

    private final Shutdown shutdown = new Shutdown();
    private Optional<String> storeProblem = Optional.empty();
    private final Responder responder = Responder.ofText();

    private FakeExchange get(String target) {
        var routes = FrontPaths.of(
                List.of(
                        Check.of("store", () -> storeProblem),
                        Check.ofReadiness("poststarthook/rbac/bootstrap-roles", Optional::empty)),
                shutdown,
                new VersionInfo("1", "33", "v1.33.0+muster-0.1.0", "abc", "2026-01-01T00:00:00Z", "linux/amd64"),
                new Counters(),
                responder,
                List.of(PathRoute.reading("/api", call -> responder.text(call.exchange(), 200, "api"))));
        var exchange = FakeExchange.get(target);
        var info = RequestInfoParser.parse("GET", exchange.path(), Query.EMPTY);
        routes.find(info.path())
                .orElseThrow(() -> new AssertionError("no route for " + target))
                .handler()
                .handle(new ApiCall(exchange, info, User.anonymous()));
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz",
                "/livez",
                "/readyz",
                "/readyz/store",
                "/livez/ping",
                "/readyz/poststarthook/rbac/bootstrap-roles"
            })
    void allIsWellInOneWord(String path) {
        var exchange = get(path);
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.text()).isEqualTo("ok");
        assertThat(exchange.responseHeader("content-type")).containsExactly("text/plain; charset=utf-8");
    }

    @Test
    void verboseNamesEveryCheck() {
        assertThat(get("/readyz?verbose").text()).isEqualTo("""
                        [+]ping ok
                        [+]store ok
                        [+]poststarthook/rbac/bootstrap-roles ok
                        [+]shutdown ok
                        readyz check passed
                        """);
        assertThat(get("/livez?verbose=").text()).isEqualTo("[+]ping ok\n[+]store ok\nlivez check passed\n");
    }

    @Test
    void aFailureNamesTheCheckAndWithholdsTheReason() {
        storeProblem = Optional.of("10.0.0.7: connection refused");
        var exchange = get("/healthz");
        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.text()).isEqualTo("[+]ping ok\n[-]store failed: reason withheld\nhealthz check failed\n");
    }

    @Test
    void theReasonIsOnTheChecksOwnPath() {
        storeProblem = Optional.of("disk full");
        assertThat(get("/livez/store").status()).isEqualTo(500);
        assertThat(get("/livez/store").text()).isEqualTo("internal server error: disk full\n");
    }

    @Test
    void anExcludedCheckIsNotAskedAndOneThatIsNotThereIsSaid() {
        storeProblem = Optional.of("disk full");
        var exchange = get("/livez?exclude=store&exclude=etcd&verbose");
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.text())
                .isEqualTo("[+]ping ok\n[+]store excluded: ok\n"
                        + "warn: some health checks cannot be excluded: no matches for \"etcd\"\nlivez check passed\n");
    }

    @Test
    void aServerThatShutsDownIsAliveAndNotReady() {
        shutdown.begin();
        assertThat(get("/readyz").status()).isEqualTo(500);
        assertThat(get("/readyz").text()).contains("[-]shutdown failed: reason withheld");
        assertThat(get("/livez").status()).isEqualTo(200);
        assertThat(get("/healthz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/version", "/version/"})
    void theVersionIsJsonThatClientsRead(String path) throws Exception {
        var exchange = get(path);
        var version = new ObjectMapper().readTree(exchange.response().body());
        assertThat(version.path("gitVersion").asText()).isEqualTo("v1.33.0+muster-0.1.0");
        assertThat(version.path("minor").asText()).isEqualTo("33");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html"})
    void theIndexListsPathsInOrder(String path) throws Exception {
        var paths = new ObjectMapper().readTree(get(path).response().body()).path("paths");
        assertThat(paths)
                .extracting(node -> node.asText())
                .containsExactly(
                        "/api",
                        "/healthz",
                        "/healthz/ping",
                        "/healthz/store",
                        "/livez",
                        "/livez/ping",
                        "/livez/store",
                        "/metrics",
                        "/readyz",
                        "/readyz/ping",
                        "/readyz/poststarthook/rbac/bootstrap-roles",
                        "/readyz/shutdown",
                        "/readyz/store",
                        "/version");
    }

    @Test
    void metricsAreInPrometheusText() {
        var exchange = get("/metrics");
        assertThat(exchange.responseHeader("content-type")).containsExactly("text/plain; version=0.0.4; charset=utf-8");
        assertThat(exchange.text())
                .contains(
                        "# TYPE authentication_attempts counter\n", "authentication_attempts{result=\"success\"} 0\n");
    }
}

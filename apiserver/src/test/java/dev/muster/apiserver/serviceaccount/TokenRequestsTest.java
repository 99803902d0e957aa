package dev.muster.apiserver.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.route.ResourceRouter;
import dev.muster.apiserver.testing.Api;
import dev.muster.apiserver.testing.Api.Answer;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.User;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.core.issuing.TokenOrder;
import dev.muster.core.issuing.TokenOrder.Bound;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.http.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestsTest {

    private static final Audiences OWN = Audiences.of("https://issuer.example");

    private final Api api = new Api();
    private final List<TokenOrder> orders = new ArrayList<>();
    private String uid;

    private final AccountTokenIssuer issuer = new AccountTokenIssuer() {
        @Override
        public Issued issue(TokenOrder order) {
            orders.add(order);
            return new Issued(Secret.of("a.b.c"), "id", api.clock.instant());
        }

        @Override
        public Secret forSecret(AccountId account, String secretName) {
            throw new UnsupportedOperationException();
        }
    };

    @BeforeEach
    void anAccount() {
        uid = api.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}")
                .text("/metadata/uid");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Answer ask(Optional<Duration> longest, String account, String json) {
        var tokens = new TokenRequests(Api.KINDS, api.resources.access(), issuer, new TokenPolicy(OWN, longest, true));
        var router = new ResourceRouter(new Resources(List.of(tokens)), Api.KINDS, Responder.ofText(), api.clock);
        var exchange = FakeExchange.post(
                "/api/v1/namespaces/default/serviceaccounts/" + account + "/token", "application/json", json);
        router.handle(new ApiCall(
                exchange,
                RequestInfoParser.parse(exchange.method(), exchange.path(), exchange.query()),
                User.of("jane")));
        return new Answer(exchange);
    }

    private Answer ask(String spec) {
        return ask(Optional.empty(), "robot", "{\"spec\":{" + spec + "}}");
    }

    @Test
    void anEmptyRequestGetsAnHourForTheApiItself() {
        var answer = ask("");
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.text("/kind")).isEqualTo("TokenRequest");
        assertThat(answer.text("/metadata/name")).isEqualTo("robot");
        assertThat(answer.text("/metadata/namespace")).isEqualTo("default");
        assertThat(answer.text("/spec/audiences/0")).isEqualTo("https://issuer.example");
        assertThat(answer.json().at("/spec/expirationSeconds").asInt()).isEqualTo(3600);
        assertThat(answer.text("/status/token")).isEqualTo("a.b.c");
        assertThat(answer.text("/status/expirationTimestamp")).isEqualTo("2026-03-01T13:00:00Z");
        assertThat(orders)
                .containsExactly(new TokenOrder(
                        new AccountId("default", "robot", uid),
                        OWN,
                        Duration.ofHours(1),
                        Optional.empty(),
                        TokenOrder.Binding.NONE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 599, 4294967297L, Long.MIN_VALUE, Long.MAX_VALUE})
    void livesThatAreTooShortOrTooLongAreInvalid(long seconds) {
        var answer = ask("\"expirationSeconds\":" + seconds);
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.text("/details/causes/0/field")).isEqualTo("spec.expirationSeconds");
        assertThat(orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {600, 4294967296L})
    void theLimitsThemselvesAreLives(long seconds) {
        assertThat(ask("\"expirationSeconds\":" + seconds).code()).isEqualTo(201);
        assertThat(orders.getFirst().life()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void longerThanAllowedIsShortenedAndSaid() {
        var answer = ask(Optional.of(Duration.ofHours(2)), "robot", "{\"spec\":{\"expirationSeconds\":86400}}");
        assertThat(answer.code()).isEqualTo(201);
        assertThat(orders.getFirst().life()).isEqualTo(Duration.ofHours(2));
        assertThat(answer.text("/status/expirationTimestamp")).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(answer.warnings())
                .containsExactly("299 - \"requested expiration of 86400 seconds shortened to 7200 seconds\"");
    }

    @Test
    void nothingForAnAccountThatIsNotThere() {
        assertThat(ask(Optional.empty(), "nobody", "{}").code()).isEqualTo(404);
    }

    @Test
    void whatTheBodySaysOfTheAccountMustBeTrue() {
        assertThat(ask(Optional.empty(), "robot", "{\"metadata\":{\"name\":\"other\"}}")
                        .code())
                .isEqualTo(400);
        assertThat(ask(Optional.empty(), "robot", "{\"metadata\":{\"namespace\":\"other\"}}")
                        .code())
                .isEqualTo(400);
        assertThat(ask(Optional.empty(), "robot", "{\"metadata\":{\"uid\":\"other\"}}")
                        .code())
                .isEqualTo(409);
        assertThat(ask(Optional.empty(), "robot", "{\"metadata\":{\"uid\":\"" + uid + "\"}}")
                        .code())
                .isEqualTo(201);
    }

    private static String ref(String kind, String name, String more) {
        return "\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\"" + more
                + "}";
    }

    private String pod(String name, String account) {
        return api.post(
                        "/api/v1/namespaces/default/pods",
                        "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"serviceAccountName\":\"" + account
                                + "\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}")
                .text("/metadata/uid");
    }

    @Test
    void aTokenIsBoundToThePodsThatRunAsTheAccount() {
        String mine = pod("mine", "robot");
        pod("theirs", "other");
        assertThat(ask(ref("Pod", "mine", "")).code()).isEqualTo(201);
        assertThat(orders.getFirst().binding().pod()).contains(new Bound("mine", mine));
        var theirs = ask(ref("Pod", "theirs", ""));
        assertThat(theirs.code()).isEqualTo(400);
        assertThat(theirs.text("/message"))
                .isEqualTo("cannot bind token for serviceaccount \"robot\" to pod running with different serviceaccount"
                        + " name.");
        assertThat(ask(ref("Pod", "mine", ",\"uid\":\"other\"")).code()).isEqualTo(409);
        assertThat(ask(ref("Pod", "none", "")).code()).isEqualTo(404);
        assertThat(ask(ref("ConfigMap", "mine", "")).code()).isEqualTo(400);
        assertThat(ask(ref("Secret", "none", "")).code()).isEqualTo(404);
        assertThat(ask(ref("Node", "none", "")).code()).isEqualTo(404);
    }

    @Test
    void aTokenForSecretsAndNodesNamesTheirUid() {
        String secret = api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}")
                .text("/metadata/uid");
        String node =
                api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}").text("/metadata/uid");
        ask(ref("Secret", "s", ""));
        ask(ref("Node", "n", ",\"uid\":\"" + node + "\""));
        assertThat(orders.get(0).binding().secret()).contains(new Bound("s", secret));
        assertThat(orders.get(1).binding().node()).contains(new Bound("n", node));
    }

    @Test
    void aTokenThatAdmissionAskedForLivesAYearAndSaysAnHour() {
        pod("mine", "robot");
        var answer = ask("\"expirationSeconds\":3607," + ref("Pod", "mine", ""));
        assertThat(orders.getFirst().life()).isEqualTo(Duration.ofDays(365));
        assertThat(orders.getFirst().warnAfter()).contains(Duration.ofSeconds(3607));
        assertThat(answer.text("/status/expirationTimestamp")).isEqualTo("2026-03-01T13:00:07Z");

        ask("\"expirationSeconds\":3607,\"audiences\":[\"vault\"]," + ref("Pod", "mine", ""));
        ask("\"expirationSeconds\":3607");
        assertThat(orders).extracting(TokenOrder::life).endsWith(Duration.ofSeconds(3607), Duration.ofSeconds(3607));
    }
}

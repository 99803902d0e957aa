package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Lane;
import dev.muster.testkit.http.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Acting as another on the way through the pipeline: root may be anybody, jane may list pods, alice may do nothing. */
class ImpersonationTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private final Front front = new Front();
    private final List<Attributes> questions = new ArrayList<>();

    @BeforeEach
    void rights() {
        front.authorizer = asked -> {
            questions.add(asked);
            boolean allowed = Front.isFor(asked, "root")
                    || Front.isFor(asked, "jane") && !asked.verb().startsWith("impersonate");
            return allowed ? Decision.allow("") : Decision.NO_OPINION;
        };
    }

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private FakeExchange as(String caller, String... headers) {
        return send(FakeExchange.get(PODS), caller, headers);
    }

    private FakeExchange send(FakeExchange exchange, String caller, String... headers) {
        Front.as(exchange, caller);
        for (int i = 0; i < headers.length; i += 2) {
            exchange.header(headers[i], headers[i + 1]);
        }
        return front.send(exchange);
    }

    private Refusal story(FakeExchange refused) {
        return front.refusals
                .find(refused.responseHeader("warning").getFirst().substring(19, 27))
                .orElseThrow();
    }

    @Test
    void theHandlerSeesTheOtherAndWhoReallyCalled() {
        var exchange = as("root", "Impersonate-User", "jane", "Impersonate-Group", "developers", "X-Custom", "stays");
        assertThat(exchange.status()).isEqualTo(200);
        var call = front.calls.getFirst();
        assertThat(call.user()).isEqualTo(User.of("jane", "developers", User.AUTHENTICATED));
        assertThat(call.caller().name()).isEqualTo("root");
    }

    @Test
    void theRequestIsAuthorizedAsTheOtherAndTheWishAsTheCaller() {
        as("root", "Impersonate-User", "jane");
        assertThat(questions.getLast().user().name()).isEqualTo("jane");
        assertThat(questions.getLast().verb()).isEqualTo("list");
        assertThat(questions.subList(0, questions.size() - 1))
                .allMatch(q -> q.user().name().equals("root"))
                .allMatch(q -> q.verb().startsWith("impersonate"));
    }

    /** Rights are laid down, not added: what root may is of no use as alice. */
    @Test
    void oneHasTheRightsOfTheOtherOnly() {
        var exchange = as("root", "Impersonate-User", "alice");
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text()).contains("User \\\"alice\\\" cannot list resource \\\"pods\\\"");
    }

    @Test
    void whoMayNotActAsTheOtherIsRefusedBeforeTheRequestIsLookedAt() {
        front.constrained = false;
        var exchange = as("jane", "Impersonate-User", "root");
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text())
                .contains("users \\\"root\\\" is forbidden: User \\\"jane\\\" cannot impersonate resource"
                        + " \\\"users\\\" in API group \\\"\\\" at the cluster scope");
        assertThat(front.calls).isEmpty();
    }

    @Test
    void row31AWishWithoutAUserIsABadRequestEvenOfWhoMayDoEverything() {
        for (String header :
                List.of("Impersonate-Group", "Impersonate-Uid", "Impersonate-Extra-scopes", "IMPERSONATE-x")) {
            assertThat(as("root", header, "x").status()).as(header).isEqualTo(400);
        }
        assertThat(as("root", "Impersonate-User", "").status()).isEqualTo(400);
        assertThat(front.calls).isEmpty();
    }

    @Test
    void theHeadersNeverReachAHandlerHoweverTheyAreSpelled() {
        as(
                "root",
                "IMPERSONATE-USER",
                "jane",
                "impersonate-group",
                "g",
                "Impersonate-Extra-A%2fB",
                "v",
                "Impersonate-Uid",
                "7");
        assertThat(front.calls.getFirst().exchange().headers().names()).isEmpty();
    }

    /** CVE-2021-31999 and capsule-proxy 188: a hop-by-hop list is no reason to forget as whom one is to be served. */
    @Test
    void connectionCannotTakeTheWishAway() {
        var exchange =
                as("root", "Connection", "close, Impersonate-User, Impersonate-Group", "Impersonate-User", "alice");
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text()).contains("User \\\"alice\\\" cannot list");
    }

    /** Issue 119631: an authenticated caller asserts nothing, neither in a front proxy's words nor twice removed. */
    @Test
    void impersonationIsOneLevelAndNoFrontProxy() {
        as("root", "Impersonate-User", "jane", "X-Remote-User", "root", "X-Remote-Group", User.MASTERS);
        assertThat(front.calls.getFirst().user().groups()).containsExactly(User.AUTHENTICATED);
        assertThat(as("jane", "Impersonate-User", "root").status()).isEqualTo(403);
    }

    @Test
    void anonymousIsACallerLikeOthers() {
        var exchange = front.send(FakeExchange.get(PODS).header("Impersonate-User", "jane"));
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text()).contains("User \\\"system:anonymous\\\" cannot impersonate");
    }

    @Test
    void oneMayBecomeAnonymousAndMasters() {
        front.authorizer = _ -> Decision.allow("");
        as("root", "Impersonate-User", "system:anonymous");
        assertThat(front.calls.getLast().user()).isEqualTo(User.anonymous());
        as("root", "Impersonate-User", "x", "Impersonate-Group", User.MASTERS);
        assertThat(front.calls.getLast().user().isIn(User.MASTERS)).isTrue();
    }

    @Test
    void aFloodIsCountedAsTheOther() {
        front.limits(0, 0, Duration.ofSeconds(5));
        assertThat(as("root", "Impersonate-User", "jane").status()).isEqualTo(429);
        assertThat(as("root", "Impersonate-User", "root", "Impersonate-Group", User.MASTERS)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void waitingForAnAuthorizerHappensOffTheEventLoop() {
        front.authorizer = _ -> new Decision.Elsewhere(() -> Decision.allow(""));
        var exchange = as("root", "Impersonate-User", "jane");
        assertThat(exchange.lanes()).startsWith(Lane.BLOCKING);
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(front.calls.getFirst().user().name()).isEqualTo("jane");
    }

    @Test
    void thousandsOfGroupsAreAskedForOffTheEventLoop() {
        var headers = new ArrayList<>(List.of("Impersonate-User", "jane"));
        IntStream.range(0, 2000).forEach(i -> headers.addAll(List.of("Impersonate-Group", "g" + i)));
        var exchange = as("root", headers.toArray(String[]::new));
        assertThat(exchange.lanes()).containsExactly(Lane.CPU);
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(front.calls.getFirst().user().groups()).hasSize(2001);
    }

    @Test
    void requestsWithoutAWishAreAskedNothingMore() {
        assertThat(as("jane").status()).isEqualTo(200);
        assertThat(questions).hasSize(1);
    }

    @Test
    void anUpgradeIsNoWayAround() {
        var exchange = send(
                FakeExchange.get("/api/v1/namespaces/default/pods/x/exec"),
                "jane",
                "Upgrade",
                "websocket",
                "Connection",
                "Upgrade",
                "Sec-WebSocket-Protocol",
                "v5.channel.k8s.io",
                "Impersonate-User",
                "root");
        assertThat(exchange.status()).isEqualTo(403);
    }

    @Test
    void aWatchEndsWithTheCredentialOfTheCallerAndWithThatOfTheOther() {
        var cuts = new LinkedHashMap<String, Runnable>();
        front.live = watching(cuts, Optional.empty());
        front.resources = call -> call.exchange().stream(200, Map.of()).write(new byte[] {'x'});
        for (String whose : List.of("root", "jane")) {
            var exchange =
                    send(FakeExchange.get(PODS + "?watch=1").deferOffloaded(), "root", "Impersonate-User", "jane");
            assertThat(cuts).containsOnlyKeys("root", "jane");
            cuts.get(whose).run();
            assertThat(exchange.streamed().orElseThrow().isEnded()).as(whose).isTrue();
            exchange.disconnect();
            assertThat(cuts).isEmpty();
        }
    }

    @Test
    void nobodyActsAsSomeoneWhoseCredentialsWereTakenBack() {
        front.live = watching(new LinkedHashMap<>(), Optional.of("jane-left"));
        var exchange = as("root", "Impersonate-User", "jane");
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text())
                .contains("users \\\"jane\\\" is forbidden: User \\\"root\\\" cannot impersonate")
                .contains("the credentials of this user have been taken back")
                .doesNotContain("jane-left");
        assertThat(front.calls).isEmpty();
    }

    private static LiveRequests watching(Map<String, Runnable> cuts, Optional<String> takenBack) {
        return new LiveRequests() {
            @Override
            public Runnable begun(Outcome.Accepted who, Runnable cut) {
                cuts.put(who.user().name(), cut);
                return () -> cuts.remove(who.user().name());
            }

            @Override
            public Optional<String> takenBack(Outcome.Accepted who) {
                return takenBack;
            }
        };
    }

    @Test
    void theStoryOfARefusedWishSaysWhoCalledAsWhomAndWhatIsLacking() {
        front.bindings = (user, _) ->
                List.of(new Bound("ClusterRoleBinding", "", "of-" + user.name(), "ClusterRole/x", "User/x"));
        var story = story(as(
                "jane",
                "Impersonate-User",
                "bob",
                "Impersonate-Group",
                "g",
                "Impersonate-Uid",
                "7",
                "Impersonate-Extra-Scopes",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"));
        assertThat(story.caller().name()).isEqualTo("jane");
        assertThat(story.bindings()).extracting(Bound::name).containsExactly("of-jane");
        var other = story.impersonation().orElseThrow();
        assertThat(other.allowed()).isFalse();
        assertThat(other.by().name()).isEqualTo("jane");
        assertThat(other.as()).isEqualTo(new Refusal.Caller("bob", List.of("g")));
        assertThat(other.uid()).isEqualTo("7");
        assertThat(other.extra()).containsExactly("scopes=[scrubbed]");
        assertThat(other.checks())
                .extracting(check -> check.what() + " " + check.allowed())
                .containsExactly(
                        "impersonate-on:user-info:list pods in namespace \"default\" false",
                        "impersonate users \"bob\" false");
    }

    @Test
    void theStoryOfARefusedRequestSaysWhoReallyCalled() {
        var story = story(as("root", "Impersonate-User", "alice"));
        assertThat(story.caller().name()).isEqualTo("alice");
        var other = story.impersonation().orElseThrow();
        assertThat(other.allowed()).isTrue();
        assertThat(other.by().name()).isEqualTo("root");
    }

    @Test
    void theSameRefusalByOthersOrOfOthersIsAnotherStory() {
        front.authorizer = asked -> asked.verb().startsWith("impersonate") ? Decision.allow("") : Decision.NO_OPINION;
        as("root", "Impersonate-User", "alice");
        as("jane", "Impersonate-User", "alice");
        as("root", "Impersonate-User", "carol");
        as("alice");
        as("root", "Impersonate-User", "alice");
        assertThat(front.refusals.all()).hasSize(4);
    }
}

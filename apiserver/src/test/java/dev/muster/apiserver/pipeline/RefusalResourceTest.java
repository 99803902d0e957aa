package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.refusal.RefusalResource;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.route.ResourceRouter;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.Chain;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome;
import dev.muster.testkit.http.FakeExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals read through the front that made them. */
class RefusalResourceTest {

    private static final Kinds KINDS = Kinds.load();
    private static final String PATH = "/apis/identity.muster.dev/v1alpha1/refusals";

    private final Front front = new Front();

    @BeforeEach
    void serveRefusals() {
        var resource = new RefusalResource(KINDS, front.refusals);
        front.resources =
                new ResourceRouter(new Resources(List.of(resource)), KINDS, front.responder, InstantSource.system());
        front.authorizer = asked -> asked.user().name().equals("operator") ? Decision.allow("") : Decision.NO_OPINION;
        front.bindings = (_, _) ->
                List.of(new Bound("ClusterRoleBinding", "", "sees", "ClusterRole/view", "Group/system:authenticated"));
    }

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private static String id(FakeExchange refused) {
        return refused.responseHeader("warning").getLast().substring(19, 27);
    }

    private static JsonNode read(FakeExchange exchange) {
        try {
            return new ObjectMapper().readTree(exchange.response().body());
        } catch (IOException e) {
            throw new UncheckedIOException(exchange.text(), e);
        }
    }

    private static List<String> names(JsonNode list) {
        var names = new ArrayList<String>();
        list.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }

    @Test
    void aForbiddenRequestIsToldByItsId() {
        String id = id(front.get("/api/v1/namespaces/dev/pods/web", "jane"));
        var exchange = front.get(PATH + "/" + id, "operator");
        assertThat(exchange.status()).isEqualTo(200);
        var story = read(exchange);
        assertThat(story.path("kind").asText()).isEqualTo("Refusal");
        assertThat(story.path("code").asInt()).isEqualTo(403);
        assertThat(story.at("/user/username").asText()).isEqualTo("jane");
        assertThat(story.at("/user/groups/0").asText()).isEqualTo("system:authenticated");
        assertThat(story.at("/request/verb").asText()).isEqualTo("get");
        assertThat(story.at("/request/what").asText()).isEqualTo("pods web");
        assertThat(story.at("/request/namespace").asText()).isEqualTo("dev");
        assertThat(story.at("/bindings/0/name").asText()).isEqualTo("sees");
        assertThat(story.path("why").asText()).contains("cannot get resource \"pods\"");
    }

    @Test
    void aRefusedCredentialIsToldWithoutTheCredential() {
        front.authenticator = presented -> presented.header("authorization").contains("Bearer wrong")
                ? Chain.of(List.of(
                                Named.of("client certificate", "none", _ -> Outcome.NOT_MINE),
                                Named.of(
                                        "token file",
                                        "not in it",
                                        _ -> Outcome.refused(
                                                dev.muster.core.identity.Reason.UNKNOWN, "invalid bearer token"))))
                        .authenticate(presented)
                : Front.TOKENS.authenticate(presented);
        String id = id(front.get("/api/v1/pods", "wrong"));
        var exchange = front.get(PATH + "/" + id, "operator");
        var story = read(exchange);
        assertThat(story.at("/authenticators/0/authenticator").asText()).isEqualTo("client certificate");
        assertThat(story.at("/authenticators/0/answer").asText()).isEqualTo("NotMine");
        assertThat(story.at("/authenticators/1/answer").asText()).isEqualTo("Refused");
        assertThat(exchange.text()).doesNotContain("wrong");
    }

    @Test
    void onlyWhomTheAuthorizerAllowsReadsThem() {
        String id = id(front.get("/api/v1/pods", "jane"));
        assertThat(front.get(PATH + "/" + id, "jane").status()).isEqualTo(403);
        assertThat(front.get(PATH, "jane").status()).isEqualTo(403);
    }

    @Test
    void theyAreOnlyRead() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            String target = method.equals("POST") ? PATH : PATH + "/abc";
            var exchange = front.send(Front.as(FakeExchange.of(method, target), "operator")
                    .header("Content-Type", "application/json")
                    .body(new byte[] {'{', '}'}));
            assertThat(exchange.status()).as(method).isEqualTo(405);
        }
        assertThat(front.get(PATH + "?watch=true", "operator").status()).isEqualTo(405);
    }

    @Test
    void anUnknownIdIsNotFound() {
        assertThat(front.get(PATH + "/zzzzzzzz", "operator").status()).isEqualTo(404);
    }

    @Test
    void aListIsReadInPiecesNewestFirst() {
        var ids = Stream.of("a", "b", "c", "d", "e")
                .map(name -> id(front.get("/api/v1/namespaces/" + name + "/pods", "jane")))
                .toList();
        var first = read(front.get(PATH + "?limit=2", "operator"));
        assertThat(names(first)).containsExactly(ids.get(4), ids.get(3));
        front.get("/api/v1/nodes", "jane");
        var next = read(front.get(
                PATH + "?limit=2&continue=" + first.at("/metadata/continue").asText(), "operator"));
        assertThat(names(next)).containsExactly(ids.get(2), ids.get(1));
        var last = read(front.get(
                PATH + "?limit=2&continue=" + next.at("/metadata/continue").asText(), "operator"));
        assertThat(names(last)).containsExactly(ids.get(0));
        assertThat(last.at("/metadata/continue").isMissingNode()).isTrue();
        assertThat(names(read(front.get(PATH, "operator")))).hasSize(6);
    }

    @Test
    void theTableShowsWhoWantedWhatAndWhy() {
        String id = id(front.get("/api/v1/pods", "jane"));
        var table = read(front.send(Front.as(FakeExchange.get(PATH), "operator")
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")));
        var names = new ArrayList<String>();
        table.path("columnDefinitions")
                .forEach(column -> names.add(column.path("name").asText()));
        assertThat(names).containsExactly("ID", "Code", "User", "Verb", "What", "Age", "Why", "Times", "From");
        var cells = table.at("/rows/0/cells");
        assertThat(cells.path(0).asText()).isEqualTo(id);
        assertThat(cells.path(1).asInt()).isEqualTo(403);
        assertThat(cells.path(4).asText()).isEqualTo("pods");
    }
}

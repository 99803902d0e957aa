package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.http.serve.Query;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stories of refusals. */
class RefusalsTest {

    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    @Test
    void theSameRefusalAgainKeepsItsIdAndIsCounted() {
        var first = front.get("/api/v1/pods", "nobody");
        var second = front.get("/api/v1/pods", "nobody");
        assertThat(second.responseHeader("warning")).isEqualTo(first.responseHeader("warning"));
        assertThat(front.refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.times()).isEqualTo(2);
            assertThat(refusal.user()).isEqualTo("nobody");
            assertThat(refusal.verb()).isEqualTo("list");
            assertThat(refusal.auditId())
                    .isEqualTo(first.responseHeader("audit-id").getFirst());
            assertThat(refusal.said()).contains("cannot list resource \"pods\"");
        });
    }

    @Test
    void aFloodFillsTheRingAndNoMore() {
        var pipeline = front.pipeline();
        for (int i = 0; i < 1000; i++) {
            pipeline.handle(FakeExchange.get("/path" + i));
        }
        assertThat(front.refusals.all()).hasSize(16);
        assertThat(front.refusals.all().getLast().path()).isEqualTo("/path999");
    }

    @Test
    void longNamesAndPathsAreCut() {
        front.get("/" + "long/".repeat(1000), "nobody");
        assertThat(front.refusals.all().getFirst().path()).hasSizeLessThan(600);
    }

    @Test
    void clientsAreToldNothingWhereThatIsSwitchedOff() {
        var silent = new Refusals(4, false, InstantSource.fixed(Instant.EPOCH), new Random(1));
        var exchange = FakeExchange.get("/x");
        var turn = new Turn(exchange, new Filter[0], null, (_, _) -> {});
        turn.info(RequestInfoParser.parse("GET", "/x", Query.EMPTY));
        silent.tell(turn, 401, "story");
        turn.respond(Response.empty(401));
        assertThat(exchange.responseHeader("warning")).isEmpty();
        assertThat(silent.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid bearer token,invalid bearer token",
        "token eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJ4In0.c2ln refused,token [scrubbed] refused",
        "certificate X509SHA256=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0,certificate [scrubbed]",
        "serial 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0,serial 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "rolebindings.rbac.authorization.k8s.io is forbidden,rolebindings.rbac.authorization.k8s.io is forbidden"
    })
    void whatLooksLikeACredentialIsMasked(String story, String kept) {
        assertThat(Scrub.text(story)).isEqualTo(kept);
    }
}

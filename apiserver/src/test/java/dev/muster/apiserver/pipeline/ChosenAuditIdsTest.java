package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.http.FakeExchange;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients choose audit ids, so an audit id must open, hide or replace nobody else's story. */
class ChosenAuditIdsTest {

    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private FakeExchange refused(String caller, String path, String auditId) {
        return front.send(Front.as(FakeExchange.get(path), caller).header("Audit-ID", auditId));
    }

    private static String id(FakeExchange refused) {
        return refused.responseHeader("warning").getFirst().substring(19, 27);
    }

    @Test
    void anothersRefusalIdAsAuditIdDoesNotShadowIt() {
        String victim = id(refused("victim", "/x", "a"));
        String attacker = id(refused("attacker", "/x", victim));
        assertThat(attacker).isNotEqualTo(victim);
        assertThat(front.refusals.find(victim).orElseThrow().caller().name()).isEqualTo("victim");
        assertThat(front.refusals.find(attacker).orElseThrow().caller().name()).isEqualTo("attacker");
    }

    @Test
    void anothersAuditIdDoesNotOverwriteAStory() {
        String victim = id(refused("victim", "/x", "72c73e62-4477-4b34-9def-0258b9f2a719"));
        var before = front.refusals.find(victim).orElseThrow();
        refused("attacker", "/x", "72c73e62-4477-4b34-9def-0258b9f2a719");
        refused("bad", "/x", "72c73e62-4477-4b34-9def-0258b9f2a719");
        assertThat(front.refusals.find(victim)).contains(before);
        assertThat(front.refusals.all()).hasSize(3);
    }

    @Test
    void idsAreTheServersWhateverAuditIdIsSent() {
        for (String sent : new String[] {"aaaaaaaa", "", "a".repeat(500), "x\ny", "../../etc/passwd", "23456789"}) {
            String id = id(refused("nobody" + sent.length(), "/x", sent));
            assertThat(id).matches("[2-9a-hjkmnp-z]{8}").isNotEqualTo(sent);
        }
    }

    @Test
    void ofManyAuditIdsOfOneRefusalTheLastFewAreKept() {
        IntStream.range(0, 100).forEach(i -> refused("nobody", "/x", "id-" + i));
        var story = front.refusals.all();
        assertThat(story).hasSize(1);
        assertThat(story.getFirst().asked().auditId()).isEqualTo("id-0");
        assertThat(story.getFirst().seen().auditIds())
                .containsExactly("id-92", "id-93", "id-94", "id-95", "id-96", "id-97", "id-98", "id-99");
    }
}

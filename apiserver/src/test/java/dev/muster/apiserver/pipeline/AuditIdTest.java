package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.http.FakeExchange;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of a request. */
class AuditIdTest {

    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private String answered(String sent) {
        return front.send(FakeExchange.get("/").header("Audit-ID", sent))
                .responseHeader("audit-id")
                .getFirst();
    }

    @Test
    void idsOfOursAreUuidsOfVersion4AndAllDifferent() {
        var ids = new AuditIds(new Random(5));
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            var id = ids.get();
            var uuid = UUID.fromString(id);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid).hasToString(id);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "6a5b4c3d-0000-4000-8000-000000000000", "trace:01/x.y=z+w_-"})
    void aShortPlainIdOfTheClientsIsKept(String sent) {
        assertThat(answered(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "é", "a\tb", "<b>", "a;b"})
    void anyOtherIsReplaced(String sent) {
        assertThat(answered(sent)).isNotEqualTo(sent).hasSize(36);
    }

    @Test
    void aLongIdIsReplaced() {
        assertThat(answered("a".repeat(128))).hasSize(128);
        assertThat(answered("a".repeat(129))).hasSize(36);
    }
}

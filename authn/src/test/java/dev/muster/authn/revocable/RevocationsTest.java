package dev.muster.authn.revocable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index over what was taken back. */
class RevocationsTest {

    private final Taken taken = new Taken();

    private static Fingerprint token(String id) {
        var extra = Map.of(User.CREDENTIAL_ID, List.of("JTI=" + id));
        return Fingerprint.of(
                new Accepted(new User("john", "", List.of(), extra), Audiences.UNSPECIFIED, List.of(), Proof.UNTOLD));
    }

    @Test
    void twoRevocationsOfOneThingMustBothGo() {
        taken.token("a", "1").token("b", "1").delete("a");
        assertThat(taken.revocations.revoking(token("1"))).contains("b");
        taken.delete("b");
        assertThat(taken.revocations.revoking(token("1"))).isEmpty();
        assertThat(taken.revocations.none()).isTrue();
    }

    @Test
    void aListingAnewForgetsOnlyWhatHasGone() {
        taken.token("a", "1").token("b", "2").reset("b");
        assertThat(taken.revocations.revoking(token("1"))).isEmpty();
        assertThat(taken.revocations.revoking(token("2"))).contains("b");
    }

    @Test
    void whatIsNeitherKeyNorNumberMatchesNothing() {
        taken.put("k", spec -> spec.putObject("certificate").put("publicKeyHash", "ab".repeat(32)));
        assertThat(taken.revocations.revoking(token(""))).isEmpty();
    }

    static List<Consumer<ObjectNode>> malformed() {
        return List.of(
                spec -> {},
                spec -> spec.putObject("token"),
                spec -> spec.putObject("certificate"),
                spec -> spec.putObject("certificate").put("issuerKeyHash", "ab").put("serialNumber", "xyz"),
                spec -> spec.putObject("certificate").put("issuerKeyHash", "ab"),
                spec -> spec.putObject("user").put("name", "john"),
                spec -> spec.putObject("user").put("name", "john").put("issuedBefore", "yesterday"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void oneThatCannotBeReadDoesNotSpoilTheOthers(Consumer<ObjectNode> spec) {
        taken.put("bad", spec).token("good", "1");
        assertThat(taken.revocations.revoking(token("1"))).contains("good");
        taken.delete("bad").delete("good");
        assertThat(taken.revocations.none()).isTrue();
    }

    @Test
    void afterAnyChangesTheIndexSaysWhatAPlainLookThroughAllSays() {
        var random = new Random(13);
        var model = new HashMap<String, String>();
        for (int step = 0; step < 5_000; step++) {
            String name = "r" + random.nextInt(20);
            String id = "t" + random.nextInt(10);
            switch (random.nextInt(4)) {
                case 0 -> {
                    taken.delete(name);
                    model.remove(name);
                }
                case 1 -> {
                    taken.person(name, "other", "", Instant.EPOCH);
                    model.remove(name);
                }
                default -> {
                    taken.token(name, id);
                    model.put(name, id);
                }
            }
            for (int i = 0; i < 10; i++) {
                assertThat(taken.revocations.revoking(token("t" + i)).isPresent())
                        .isEqualTo(model.containsValue("t" + i));
            }
        }
    }
}

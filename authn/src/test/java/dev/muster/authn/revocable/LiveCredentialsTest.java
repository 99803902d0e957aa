package dev.muster.authn.revocable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of watches. */
class LiveCredentialsTest {

    private static final Instant NOW = ManualClock.START;

    private final ManualClock clock = new ManualClock();
    private final Taken taken = new Taken();
    private final LiveCredentials live = new LiveCredentials(taken.revocations, clock);
    private final AtomicInteger cut = new AtomicInteger();

    private static Accepted token(String name, String id) {
        var extra = Map.of(User.CREDENTIAL_ID, List.of("JTI=" + id));
        return new Accepted(
                new User(name, "", List.of(), extra),
                Audiences.UNSPECIFIED,
                List.of(),
                Proof.ofToken(NOW, NOW.plusSeconds(60)));
    }

    @Test
    void aWatchEndsWhenItsCredentialIsTakenBackAndNoOther() {
        var others = new AtomicInteger();
        live.begun(token("john", "1"), cut::incrementAndGet);
        live.begun(token("john", "2"), others::incrementAndGet);
        taken.token("t", "1");
        assertThat(cut).hasValue(1);
        assertThat(others).hasValue(0);
        assertThat(live.count()).isEqualTo(1);
    }

    @Test
    void allOfAPersonsWatchesEnd() {
        live.begun(token("john", "1"), cut::incrementAndGet);
        live.begun(token("john", "2"), cut::incrementAndGet);
        live.begun(token("jane", "3"), cut::incrementAndGet);
        taken.person("p", "john", "", NOW.plusSeconds(1));
        assertThat(cut).hasValue(2);
    }

    @Test
    void aWatchOfACertificateEnds() {
        var ca = TestCa.root("ca");
        var john = ca.client("john").certificate();
        var proof = new Proof(Optional.of(NOW), Optional.empty(), List.of(john, ca.certificate()));
        live.begun(new Accepted(User.of("john"), Audiences.UNSPECIFIED, List.of(), proof), cut::incrementAndGet);
        taken.certificate("j", ca.certificate().getPublicKey(), john.getSerialNumber());
        assertThat(cut).hasValue(1);
    }

    @Test
    void whatIsTakenBackBetweenJudgingAndWatchingEndsAtOnce() {
        taken.token("t", "1");
        live.begun(token("john", "1"), cut::incrementAndGet);
        assertThat(cut).hasValue(1);
        assertThat(live.count()).isZero();
    }

    @Test
    void aWatchEndsWithItsCredentialsLife() {
        live.begun(token("john", "1"), cut::incrementAndGet);
        clock.advance(Duration.ofSeconds(60));
        live.sweep();
        assertThat(cut).hasValue(0);
        clock.advance(Duration.ofMillis(1));
        live.sweep();
        assertThat(cut).hasValue(1);
        assertThat(live.count()).isZero();
    }

    private static Accepted actedAs(String name, String uid, Map<String, List<String>> extra) {
        return new Accepted(new User(name, uid, List.of(), extra), Audiences.UNSPECIFIED, List.of());
    }

    @Test
    void whoIsActedAsCountsAsIfAcceptedLongAgo() {
        assertThat(live.takenBack(actedAs("john", "", Map.of()))).isEmpty();
        taken.person("left", "john", "", NOW.minusSeconds(1000));
        assertThat(live.takenBack(actedAs("john", "", Map.of()))).contains("left");
        assertThat(live.takenBack(actedAs("john", "7", Map.of()))).contains("left");
        assertThat(live.takenBack(actedAs("jane", "", Map.of()))).isEmpty();
    }

    @Test
    void anEarlierPersonOfTheNameIsNotMeantWhereTheUidSaysSo() {
        taken.person("left", "john", "6", NOW);
        assertThat(live.takenBack(actedAs("john", "7", Map.of()))).isEmpty();
        assertThat(live.takenBack(actedAs("john", "6", Map.of()))).contains("left");
        assertThat(live.takenBack(actedAs("john", "", Map.of()))).contains("left");
    }

    @Test
    void aCredentialThatIsPassedOnByItsIdCountsToo() {
        taken.token("stolen", "1");
        assertThat(live.takenBack(actedAs("john", "", Map.of(User.CREDENTIAL_ID, List.of("JTI=1")))))
                .contains("stolen");
        assertThat(live.takenBack(actedAs("john", "", Map.of(User.CREDENTIAL_ID, List.of("JTI=2")))))
                .isEmpty();
    }

    @Test
    void aWatchThatIsOverIsForgotten() {
        var over = live.begun(token("john", "1"), cut::incrementAndGet);
        over.run();
        over.run();
        taken.token("t", "1");
        assertThat(cut).hasValue(0);
        assertThat(live.count()).isZero();
    }
}

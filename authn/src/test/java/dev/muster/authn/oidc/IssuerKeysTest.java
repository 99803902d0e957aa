package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.testkit.issuer.Fault;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Keys come, go, and are asked for by strangers. */
class IssuerKeysTest {

    private static final SigningKey NEXT = SigningKey.ec("next");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The background looks every second. */
    private static void eventually(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static boolean isAccepted(World world, SigningKey key) {
        return world.judged(world.token().signed(key)) instanceof Outcome.Accepted;
    }

    private static int fetches(World world) {
        return world.issuer.asked(TestIssuer.KEYS);
    }

    @Test
    void aTokenOfANewKeyIsAcceptedAtOnceAndTheOldOneGoesOn() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.publish(World.KEY, NEXT);

            assertThat(world.at(world.token().signed(NEXT))).isInstanceOf(Outcome.Elsewhere.class);
            assertThat(isAccepted(world, NEXT)).isTrue();
            assertThat(world.at(world.token().signed(NEXT)))
                    .as("without waiting")
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(isAccepted(world, World.KEY)).isTrue();
            assertThat(fetches(world)).isEqualTo(2);
        }
    }

    @Test
    void aKeyThatIsNoLongerPublishedStopsWorkingAfterFiveMinutesThoughNobodyAsks() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.publish(NEXT);
            world.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(isAccepted(world, World.KEY)).as("until then").isTrue();

            world.clock.advance(Duration.ofSeconds(1));
            eventually("the old key is forgotten", () -> !isAccepted(world, World.KEY));
            assertThat(world.judged(world.token().signed(World.KEY)))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.UNTRUSTED);
                        assertThat(refused.detailForLog())
                                .contains("unknown key id \"first\", not among the 1 keys of " + world.issuer.url());
                    });
        }
    }

    @Test
    void aKeyThatIsNoLongerPublishedStopsWorkingAsSoonAsAnotherIsAskedFor() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.publish(NEXT);
            assertThat(isAccepted(world, NEXT)).isTrue();
            assertThat(isAccepted(world, World.KEY)).isFalse();
        }
    }

    @Test
    void tenThousandUnknownKeyIdsCauseAHandfulOfFetchesAndGoodTokensNeverWait() throws Exception {
        try (var world = World.ready();
                var strangers = Executors.newFixedThreadPool(8)) {
            world.issuer.fault(TestIssuer.KEYS, Fault.slow(Duration.ofMillis(100)));
            int before = fetches(world);
            String template = world.token().header("kid", "\"KID\"").headerJson();
            String payload = world.token().json();
            String good = world.token().signed(World.KEY);
            // One signature for all: it is not looked at before the key is known.
            String signature = good.substring(good.lastIndexOf('.'));
            var asked = new ArrayList<Future<Outcome>>();
            for (int i = 0; i < 10_000; i++) {
                String header = template.replace("KID", "stranger-" + i).replace("{", "{\"alg\":\"RS256\",");
                String token = part(header) + "." + part(payload) + signature;
                asked.add(strangers.submit(() -> world.judged(token)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(world.at(good)).as("on the calling thread").isInstanceOf(Outcome.Accepted.class);
                Thread.sleep(2);
            }
            for (Future<Outcome> outcome : asked) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Refused.class);
            }

            assertThat(fetches(world) - before).isBetween(1, 3);
            world.issuer.fault(TestIssuer.KEYS, Fault.none());
            world.issuer.publish(World.KEY, NEXT);
            world.clock.advance(Duration.ofSeconds(10));
            assertThat(isAccepted(world, NEXT)).as("a new key after the flood").isTrue();
        }
    }

    private static String part(String text) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void anIdThatWasNotFoundIsAskedForEverMoreSeldom() throws InterruptedException {
        try (var world = World.ready()) {
            var asked = new ArrayList<Integer>();
            for (int second = 0; second < 60; second++) {
                int before = fetches(world);
                isAccepted(world, NEXT);
                if (fetches(world) > before) {
                    asked.add(second);
                }
                world.clock.advance(Duration.ofSeconds(1));
            }
            assertThat(asked).containsExactly(0, 5, 15, 35);
        }
    }

    @Test
    void anIssuerThatIsDownAtTheStartIsSurvivedAndBelievedWhenItComes() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.fault(TestIssuer.DISCOVERY, Fault.status(503));
            world.issuers.adopt(world.issuers.prepare(
                    List.of(new Issuer(world.settings(), World.rules(Optional.empty(), Map.of())))));
            String token = world.token().signed(World.KEY);

            assertThat(world.judged(token))
                    .isInstanceOfSatisfying(
                            Outcome.Unavailable.class,
                            unavailable -> assertThat(unavailable.what())
                                    .contains(world.issuer.url(), "not initialized", "answered 503"));
            assertThat(world.issuers.states().getFirst().isReady()).isFalse();
            assertThat(world.issuers.states().getFirst().problem().orElse("")).contains("answered 503");

            world.issuer.fault(TestIssuer.DISCOVERY, Fault.none());
            world.clock.advance(Duration.ofSeconds(2));
            assertThat(world.judged(token))
                    .as("whoever comes later waits for it")
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(world.issuers.states().getFirst().problem()).isEmpty();
        }
    }

    @Test
    void anIssuerThatComesBackIsNoticedThoughNobodyAsks() throws InterruptedException {
        try (var world = new World()) {
            world.issuer.fault(TestIssuer.DISCOVERY, Fault.status(500));
            world.issuers.adopt(world.issuers.prepare(
                    List.of(new Issuer(world.settings(), World.rules(Optional.empty(), Map.of())))));
            eventually(
                    "it was tried",
                    () -> world.issuers.states().getFirst().failed().isPresent());
            world.issuer.fault(TestIssuer.DISCOVERY, Fault.none());
            world.clock.advance(Duration.ofSeconds(10));

            eventually("it is ready", () -> world.issuers.states().getFirst().isReady());
        }
    }

    @Test
    void keysGoOnWhileTheIssuerIsDownButNotForLongerThanADay() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.fault(TestIssuer.KEYS, Fault.status(500));
            world.issuer.fault(TestIssuer.DISCOVERY, Fault.status(500));
            world.clock.advance(Duration.ofMinutes(5));
            eventually(
                    "the failure is told",
                    () -> world.issuers.states().getFirst().problem().isPresent());
            assertThat(isAccepted(world, World.KEY)).isTrue();

            world.clock.advance(Duration.ofDays(1).minusMinutes(6));
            assertThat(isAccepted(world, World.KEY)).as("after nearly a day").isTrue();
            world.clock.advance(Duration.ofMinutes(1));
            assertThat(world.judged(world.token().signed(World.KEY))).isInstanceOf(Outcome.Unavailable.class);
        }
    }

    @Test
    void anUnknownKeyWhileTheIssuerIsDownSaysSo() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.fault(TestIssuer.KEYS, Fault.status(502));

            assertThat(world.judged(world.token().signed(NEXT)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.detailForLog())
                                    .contains("unknown key id \"next\"", "since then", "answered 502"));
        }
    }

    @Test
    void keysThatMoveAreFoundAgain() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.fault(TestIssuer.KEYS, Fault.status(404));
            world.issuer.serve("/moved", "{\"keys\":[" + NEXT.jwk() + "]}");
            world.issuer.fault(
                    TestIssuer.DISCOVERY,
                    Fault.text("{\"issuer\":\"" + world.issuer.url() + "\",\"jwks_uri\":\"" + world.issuer.url()
                            + "/moved\"}"));
            world.clock.advance(Duration.ofMinutes(5));
            eventually(
                    "the failure",
                    () -> world.issuers.states().getFirst().problem().isPresent());
            world.clock.advance(Duration.ofSeconds(10));

            eventually("the new place", () -> isAccepted(world, NEXT));
        }
    }

    @Test
    void aSetOfNoKeysIsBelievedToo() throws InterruptedException {
        try (var world = World.ready()) {
            world.issuer.publish();
            world.clock.advance(Duration.ofMinutes(5));

            eventually("nobody is believed", () -> !isAccepted(world, World.KEY));
            assertThat(world.issuers.states().getFirst().problem().orElse("")).contains("no key that can be used");
        }
    }

    @Test
    void allIssuersAreReplacedAtOnceAndTheOnesThatStayKeepTheirKeys() throws InterruptedException {
        try (var world = World.ready();
                var other = TestIssuer.start(NEXT)) {
            int before = fetches(world);
            var theirs = new IssuerSettings(
                    other.url(),
                    Optional.empty(),
                    List.of(other.authority()),
                    List.of(World.CLIENT),
                    IssuerSettings.ALL_ALGORITHMS,
                    IssuerSettings.Trust.ORDINARY);
            var prefixed = new FlagClaimRules("sub", "new:", Optional.empty(), "", Map.of());
            world.adopt(new Issuer(world.settings(), prefixed), new Issuer(theirs, prefixed));

            assertThat(fetches(world)).isEqualTo(before);
            assertThat(world.at(world.token().signed(World.KEY)))
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat(accepted.user().name()).isEqualTo("new:jane"));
            assertThat(world.at(other.token(World.CLIENT, world.clock.instant()).signed(NEXT)))
                    .isInstanceOf(Outcome.Accepted.class);

            world.adopt(new Issuer(theirs, prefixed));
            assertThat(world.at(world.token().signed(World.KEY))).isInstanceOf(Outcome.NotMine.class);
        }
    }

    @Test
    void whatIsPreparedAndDroppedJudgesNobodyAndStopsAsking() throws InterruptedException {
        try (var world = World.ready();
                var other = TestIssuer.start(NEXT)) {
            other.fault(TestIssuer.DISCOVERY, Fault.status(500));
            var theirs = new IssuerSettings(
                    other.url(),
                    Optional.empty(),
                    List.of(other.authority()),
                    List.of(World.CLIENT),
                    IssuerSettings.ALL_ALGORITHMS,
                    IssuerSettings.Trust.ORDINARY);
            var prepared = world.issuers.prepare(List.of(new Issuer(theirs, World.rules(Optional.empty(), Map.of()))));
            assertThat(prepared.awaitReady(Duration.ofMillis(300)).orElse("")).contains(other.url());
            world.issuers.drop(prepared);
            int asked = other.asked(TestIssuer.DISCOVERY);
            world.clock.advance(Duration.ofMinutes(1));
            Thread.sleep(1200);

            assertThat(other.asked(TestIssuer.DISCOVERY)).isEqualTo(asked);
            assertThat(isAccepted(world, World.KEY)).isTrue();
        }
    }
}

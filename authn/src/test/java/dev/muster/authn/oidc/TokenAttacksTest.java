package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried with tokens, and what an operator is told of it. */
class TokenAttacksTest {

    static final SigningKey EC = SigningKey.ec("curve");
    static final SigningKey STRANGER = SigningKey.rsa("stranger");

    static World world;
    static TestIssuer other;

    @BeforeAll
    static void begin() throws InterruptedException {
        world = new World();
        world.issuer.publish(World.KEY, EC);
        // Another issuer, whose key goes by the same name.
        other = TestIssuer.start(new SigningKey(World.KEY.id(), STRANGER.pair(), "RS256"));
        var theirs = new IssuerSettings(
                other.url(),
                Optional.empty(),
                List.of(other.authority()),
                List.of(World.CLIENT),
                IssuerSettings.ALL_ALGORITHMS,
                IssuerSettings.Trust.ORDINARY);
        world.adopt(
                new Issuer(world.settings(), World.rules(Optional.of("groups"), Map.of("tenant", "acme"))),
                new Issuer(theirs, World.rules(Optional.of("groups"), Map.of())));
    }

    @AfterAll
    static void end() {
        world.close();
        other.close();
    }

    static TestToken good() {
        return world.token().text("tenant", "acme");
    }

    static long seconds(long from) {
        return world.clock.instant().getEpochSecond() + from;
    }

    @Test
    void theTokenThatAllOfThemBeginWithIsGood() {
        assertThat(world.at(good().signed(World.KEY))).isInstanceOf(Outcome.Accepted.class);
        assertThat(world.at(good().signed(EC))).isInstanceOf(Outcome.Accepted.class);
    }

    static Stream<Attack> attacks() throws GeneralSecurityException {
        var all = new ArrayList<Attack>();
        SignatureAttacks.signatures(all);
        SignatureAttacks.headers(all);
        ClaimAttacks.times(all);
        ClaimAttacks.audiences(all);
        ClaimAttacks.payloads(all);
        ClaimAttacks.names(all);
        ClaimAttacks.sizes(all);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedWithItsExactCause(Attack attack) {
        var outcome = world.judged(attack.token());

        if (attack.reason() == null) {
            assertThat(outcome).isInstanceOf(Outcome.NotMine.class);
            return;
        }
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).as(refused.detailForLog()).isEqualTo(attack.reason());
            assertThat(refused.detailForLog()).contains(attack.says()).doesNotContain(attack.token());
            assertThat(refused.detailForLog().chars().allMatch(c -> c >= ' ')).isTrue();
        });
    }

    @Test
    void thereAreAsManyAttacksAsThereShouldBe() throws GeneralSecurityException {
        assertThat(attacks()).hasSizeGreaterThan(140);
        assertThat(attacks().map(Attack::name).distinct().count())
                .isEqualTo(attacks().count());
    }

    @Test
    void nothingInATokenMakesACallToWhereItsAuthorLikes() {
        int before = other.asked("/keys");
        for (String member : List.of("jku", "x5u")) {
            world.judged(good().header(member, "\"" + other.url() + "/stolen\"")
                    .header("kid", "\"unheard of\"")
                    .signed(STRANGER));
        }
        assertThat(other.asked("/stolen")).isZero();
        assertThat(other.asked("/keys")).isEqualTo(before);
    }

    @Test
    void whatIsOddAndGoodIsAccepted() {
        for (TestToken odd : List.of(
                good().with("exp", "" + seconds(0)),
                good().with("exp", "" + seconds(1) + ".9"),
                good().with("exp", "1e11"),
                good().with("nbf", "" + seconds(60)),
                good().with("iat", "" + seconds(60)),
                good().without("iat"),
                good().with("aud", "[\"other\",\"kubernetes\"]"),
                good().text("azp", "somebody else"),
                good().header("typ", "\"JWT\""),
                good().header("typ", "\"at+jwt\""),
                good().header("typ", "\"application/at+jwt\""),
                good().header("x5t", "\"abc\""),
                good().with("groups", "null"),
                good().with("groups", "\"\""),
                good().with("groups", "[\"\",\"a\",null]"),
                good().with("picture", "[null,1e400000]".replace("1e400000", "123456789012345678901234567890")),
                good().text("sub", "j\u00e9r\u00f4me@example.com"),
                good().text("sub", "\u0441ystem"),
                good().text("sub", "ecosystem:masters"))) {
            assertThat(world.judged(odd.signed(World.KEY))).as(odd.json()).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void everyAlgorithmOfTheNineIsBelievedOfAKeyThatSuitsIt() throws InterruptedException {
        try (var nine = new World()) {
            var keys = Stream.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512")
                    .map(name -> SigningKey.of("key " + name, name))
                    .toList();
            nine.issuer.publish(keys.toArray(SigningKey[]::new));
            nine.adopt(new Issuer(nine.settings(), World.rules(Optional.empty(), Map.of())));

            for (SigningKey key : keys) {
                assertThat(nine.judged(nine.token().signed(key)))
                        .as(key.algorithm())
                        .isInstanceOf(Outcome.Accepted.class);
            }
        }
    }

    @Test
    void theLimitsOfATokenAreThoseThatTheTableSpeaksOf() {
        assertThat(CompactJws.LONGEST).isEqualTo(64 << 10);
    }
}

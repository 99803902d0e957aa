package dev.muster.authn.serviceaccount;

import static dev.muster.authn.serviceaccount.World.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.Signatures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegacyTokensTest {

    private final World world = new World();
    private final Secret token = world.held();

    private Outcome ask(Secret asked) {
        return world.legacy.authenticate(asked, Audiences.UNSPECIFIED);
    }

    @Test
    void aTokenInASecretIsItsAccounts() {
        world.clock.advance(Duration.ofDays(10_000));
        assertThat(ask(token)).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.user().name()).isEqualTo(ROBOT.userName());
            assertThat(accepted.user().uid()).isEqualTo(ROBOT.uid());
            assertThat(accepted.user().groups()).containsExactlyElementsOf(ROBOT.groups());
            assertThat(accepted.user().extra()).isEmpty();
            assertThat(accepted.warnings()).isEmpty();
            assertThat(accepted.audiences()).isEqualTo(World.OWN);
        });
        assertThat(world.used).containsExactly("team/held");
    }

    @Test
    void itIsForNobodyElse() {
        assertThat(World.reason(world.legacy.authenticate(token, Audiences.of("vault"))))
                .isEqualTo(Reason.WRONG_PURPOSE);
    }

    @Test
    void itDiesWithSecretAndAccount() {
        world.remove("secrets/team/held");
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
        world.held();
        assertThat(ask(token)).as("the same token, held again").isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void anAccountMadeAnewDoesNotInheritIt() {
        world.put("serviceaccounts/team/robot", "u-2", "");
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
        world.remove("serviceaccounts/team/robot");
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void whatIsBeingDeletedIsGoneAtOnce() {
        world.put("serviceaccounts/team/robot", "u-robot", "meta:\"deletionTimestamp\":\"2026-03-01T12:00:00Z\"");
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void aSecretThatHoldsAnotherTokenOrHalfOfItDoesNotCount() {
        for (String data : List.of("", World.data(Secret.of("x")), "\"data\":{\"token\":\"%%\"}", "\"data\":{}")) {
            world.put("secrets/team/held", "u-held", data);
            assertThat(World.reason(ask(token))).as(data).isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    void aTokenThatIsTakenBackByLabelIsRefusedAndNoted() {
        world.put(
                "secrets/team/held",
                "u-held",
                "meta:\"labels\":{\"" + LegacyTokens.INVALID_SINCE + "\":\"2026-01-01\"}},"
                        + World.data(token)
                        + ",\"x\":{");
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
        assertThat(world.used).containsExactly("team/held");
    }

    @Test
    void aTokenThatWasMadeByItselfGivesAWarning() {
        world.put("serviceaccounts/team/robot", "u-robot", "\"secrets\":[{\"name\":\"held\"}]");
        assertThat(((Outcome.Accepted) ask(token)).warnings()).containsExactly(LegacyTokens.AUTOMATIC);
    }

    @Test
    void claimsThatAreMissingOrContradictEachOtherAreRefused() {
        String claims = "{\"iss\":\"kubernetes/serviceaccount\",\"sub\":\"system:serviceaccount:team:robot\"";
        String own = ",\"kubernetes.io/serviceaccount/";
        for (String more : List.of(
                "}",
                own + "namespace\":\"team\"}",
                own + "namespace\":\"other\"" + own + "secret.name\":\"held\"" + own
                        + "service-account.name\":\"robot\"" + own + "service-account.uid\":\"u-robot\"}")) {
            assertThat(World.reason(ask(World.signed(claims + more)))).as(more).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void boundTokensAreNotOfThisKind() {
        assertThat(ask(world.token())).isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void withoutLookUpTheSignatureAloneCounts() {
        var keys = new VerificationKeys(List.of(World.SIGNER.publicKey()), Signatures.jdk());
        var trusting = new LegacyTokens(() -> keys, World.OWN, Optional.empty(), (_, _) -> {});
        world.remove("secrets/team/held");
        assertThat(trusting.authenticate(token, Audiences.UNSPECIFIED)).isInstanceOf(Outcome.Accepted.class);
    }
}

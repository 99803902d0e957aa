package dev.muster.authn.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.AccessTokenForm;
import dev.muster.api.meta.ApiObject;
import dev.muster.authn.bearer.BearerExtractor;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private static final String GOOD = AccessTokenForm.make(new Random(1));
    private static final Audiences OWN = Audiences.of("https://api", "other-name");

    private final ManualClock clock = new ManualClock();
    private final List<String> used = new ArrayList<>();
    private final AccessTokens tokens = new AccessTokens(OWN, clock, used::add);

    private ObjectNode usual() {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata")
                .put("name", "ci")
                .put("uid", "1234")
                .put("creationTimestamp", clock.instant().toString());
        var user =
                tree.putObject("spec").putObject("user").put("username", "jane").put("uid", "u-1");
        user.putArray("groups").add("developers");
        tree.putObject("status")
                .put("hash", AccessTokenForm.hash(GOOD))
                .put(
                        "expirationTimestamp",
                        clock.instant().plus(Duration.ofHours(1)).toString());
        return tree;
    }

    private void store(Consumer<ObjectNode> change) {
        var tree = usual();
        change.accept(tree);
        var object = ApiObject.of(tree);
        var key = Key.of(AccessTokens.PREFIX.path() + object.name());
        tokens.reset(new Snapshot<>(List.of(new Cached<>(key, object, Revision.of(7))), Revision.of(7)));
    }

    private Outcome of(String token, Audiences wanted) {
        return tokens.authenticate(Secret.of(token), wanted);
    }

    private Outcome of(String token) {
        return of(token, Audiences.UNSPECIFIED);
    }

    private Reason refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reason();
    }

    @Test
    void itsBearerIsItsMakerWithTheGroupsWrittenDown() {
        store(tree -> {});
        var accepted = (Outcome.Accepted) of(GOOD);
        assertThat(accepted.user())
                .isEqualTo(new User(
                        "jane",
                        "u-1",
                        List.of("developers"),
                        Map.of(User.ACCESS_TOKEN, List.of("ci"), User.CREDENTIAL_ID, List.of("JTI=1234"))));
        assertThat(accepted.proof().expires()).contains(clock.instant().plus(Duration.ofHours(1)));
        assertThat(accepted.proof().issued()).contains(clock.instant());
    }

    @Test
    void aTokenThatNobodyMadeIsRefusedAndNotPassedOn() {
        store(tree -> {});
        assertThat(refusal(of(AccessTokenForm.make(new Random(2))))).isEqualTo(Reason.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "muster_at_",
                "muster_at_short",
                "a.b.c",
                "MUSTER_AT_0123456789012345678901234567890123456789012"
            })
    void whatDoesNotLookLikeOneIsNotMine(String token) {
        assertThat(of(token)).isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void itIsGoodUntilTheSecondItEnds() {
        store(tree -> {});
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(of(GOOD)).isInstanceOf(Outcome.Accepted.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void aDeletedOneIsRefusedAndWhatRunsOnItEnds() {
        store(tree -> {});
        var accepted = (Outcome.Accepted) of(GOOD);
        assertThat(tokens.isGone(accepted)).isFalse();
        tokens.reset(new Snapshot<>(List.of(), Revision.of(8)));
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.UNKNOWN);
        assertThat(tokens.isGone(accepted)).isTrue();
    }

    @Test
    void anotherOneOfTheSameNameIsNotTheSame() {
        store(tree -> {});
        var accepted = (Outcome.Accepted) of(GOOD);
        store(tree -> {
            tree.withObjectProperty("metadata").put("uid", "5678");
            tree.withObjectProperty("status").put("hash", AccessTokenForm.hash("another"));
        });
        assertThat(tokens.isGone(accepted)).isTrue();
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void oneThatWaitsForAFinalizerIsGoneAlready() {
        store(tree -> tree.withObjectProperty("metadata")
                .put("deletionTimestamp", clock.instant().toString()));
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void othersThanItsAudiencesDoNotTakeIt() {
        store(tree -> tree.withObjectProperty("spec").putArray("audiences").add("build"));
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.WRONG_PURPOSE);
        assertThat(refusal(of(GOOD, OWN))).isEqualTo(Reason.WRONG_PURPOSE);
        var accepted = (Outcome.Accepted) of(GOOD, Audiences.of("build", "more"));
        assertThat(accepted.audiences()).isEqualTo(Audiences.of("build"));
    }

    @Test
    void withoutAudiencesItIsForThisServer() {
        store(tree -> {});
        assertThat(((Outcome.Accepted) of(GOOD, Audiences.of("other-name"))).audiences())
                .isEqualTo(Audiences.of("other-name"));
        assertThat(refusal(of(GOOD, Audiences.of("build")))).isEqualTo(Reason.WRONG_PURPOSE);
    }

    @Test
    void aMalformedObjectLetsNobodyIn() {
        store(tree -> tree.withObjectProperty("status").put("expirationTimestamp", "tomorrow"));
        assertThat(refusal(of(GOOD))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aUseIsToldOnceAMinute() {
        store(tree -> {});
        of(GOOD);
        of(GOOD);
        assertThat(used).containsExactly("ci");
        clock.advance(Duration.ofMinutes(1));
        of(GOOD);
        assertThat(used).containsExactly("ci", "ci");
    }

    @Nested
    class Conformance extends AuthenticatorConformance {

        @BeforeEach
        void aToken() {
            store(tree -> {});
        }

        @Override
        protected Authenticator authenticator() {
            return new BearerExtractor(tokens);
        }

        @Override
        protected Presented good() {
            return Presented.bearer(GOOD);
        }

        @Override
        protected List<String> secrets() {
            return List.of(GOOD);
        }
    }
}

package dev.muster.authn.serviceaccount;

import static dev.muster.authn.serviceaccount.World.ISSUER;
import static dev.muster.authn.serviceaccount.World.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.core.issuing.TokenOrder.Binding;
import dev.muster.core.issuing.TokenOrder.Bound;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundTokensTest {

    private static final Binding TO_POD =
            new Binding(Optional.of(new Bound("web", "u-web")), Optional.empty(), Optional.of(new Bound("n1", "u-n1")));
    private static final Binding TO_SECRET =
            new Binding(Optional.empty(), Optional.of(new Bound("held", "u-held")), Optional.empty());
    private static final Binding TO_NODE =
            new Binding(Optional.empty(), Optional.empty(), Optional.of(new Bound("n1", "u-n1")));

    private final World world = new World();

    private Outcome ask(Secret token) {
        return world.bound.authenticate(token, Audiences.UNSPECIFIED);
    }

    private User user(Secret token) {
        return ((Outcome.Accepted) ask(token)).user();
    }

    @Test
    void aTokenIsItsAccounts() {
        var user = user(world.token());
        assertThat(user.name()).isEqualTo("system:serviceaccount:team:robot");
        assertThat(user.uid()).isEqualTo("u-robot");
        assertThat(user.groups()).containsExactly("system:serviceaccounts", "system:serviceaccounts:team");
        assertThat(user.extra()).containsOnlyKeys(User.CREDENTIAL_ID);
        assertThat(user.extra().get(User.CREDENTIAL_ID).getFirst())
                .matches("JTI=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void aTokenOfAPodNamesPodAndNode() {
        assertThat(user(world.token(TO_POD, ISSUER)).extra())
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("web"))
                .containsEntry("authentication.kubernetes.io/pod-uid", List.of("u-web"))
                .containsEntry("authentication.kubernetes.io/node-name", List.of("n1"))
                .containsEntry("authentication.kubernetes.io/node-uid", List.of("u-n1"));
    }

    @Test
    void itSaysWhenItWasIssuedAndUntilWhenItIsGoodSoThatItCanBeTakenBack() {
        var proof = ((Outcome.Accepted) ask(world.token())).proof();
        assertThat(proof.issued()).contains(world.clock.instant());
        assertThat(proof.expires()).contains(world.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void timesHaveAMinuteOfLeeway() {
        var token = world.token();
        world.clock.advance(Duration.ofMinutes(61));
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(World.reason(ask(token))).isEqualTo(Reason.EXPIRED);
        world.clock.advance(Duration.ofMinutes(-62).minusSeconds(1));
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
        world.clock.advance(Duration.ofSeconds(-1));
        assertThat(World.reason(ask(token))).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void aTokenDiesWithWhateverItIsBoundTo() {
        record Case(Binding binding, String where) {}
        for (var one : List.of(
                new Case(Binding.NONE, "serviceaccounts/team/robot"),
                new Case(TO_POD, "serviceaccounts/team/robot"),
                new Case(TO_POD, "pods/team/web"),
                new Case(TO_SECRET, "secrets/team/held"),
                new Case(TO_NODE, "nodes/n1"))) {
            var fresh = new World();
            var token = fresh.token(one.binding(), ISSUER);
            assertThat(fresh.bound.authenticate(token, Audiences.UNSPECIFIED)).isInstanceOf(Outcome.Accepted.class);
            fresh.remove(one.where());
            assertThat(World.reason(fresh.bound.authenticate(token, Audiences.UNSPECIFIED)))
                    .as(one.where())
                    .isEqualTo(Reason.REVOKED);
            fresh.put(one.where(), "u-another", "");
            assertThat(World.reason(fresh.bound.authenticate(token, Audiences.UNSPECIFIED)))
                    .as(one.where() + " made anew")
                    .isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    void aNodeBesideAPodIsOnlyTold() {
        var token = world.token(TO_POD, ISSUER);
        world.remove("nodes/n1");
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void whatIsBeingDeletedIsGoodForAMinuteMore() {
        var token = world.token();
        world.put("serviceaccounts/team/robot", "u-robot", "meta:\"deletionTimestamp\":\"2026-03-01T12:00:00Z\"");
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(World.reason(ask(token))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void audiencesMustMeet() {
        var vault = world.token(Binding.NONE, "vault", "other");
        assertThat(World.reason(ask(vault))).isEqualTo(Reason.WRONG_PURPOSE);
        assertThat(world.bound.authenticate(vault, Audiences.of("x", "vault")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.audiences()).isEqualTo(Audiences.of("vault")));
        assertThat(World.reason(world.bound.authenticate(world.token(), Audiences.of("vault"))))
                .isEqualTo(Reason.WRONG_PURPOSE);
    }

    @Test
    void anAudienceMayStandAlone() {
        String claims = claims("\"aud\":\"" + ISSUER + "\"", "\"exp\":9999999999");
        assertThat(ask(World.signed(claims))).isInstanceOf(Outcome.Accepted.class);
    }

    private static String claims(String... more) {
        return "{\"iss\":\"" + ISSUER + "\",\"sub\":\"system:serviceaccount:team:robot\",\"kubernetes.io\":"
                + "{\"namespace\":\"team\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}"
                + (more.length == 0 ? "" : ",") + String.join(",", more) + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"iss\":\"I\"}'",
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"exp\":9999999999}'",
                // another subject than the account
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:admin\",\"exp\":9999999999,\"kubernetes.io\":{\"namespace\":\"team\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}}'",
                // no end
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"kubernetes.io\":{\"namespace\":\"team\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}}'",
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"exp\":\"9999999999\",\"kubernetes.io\":{\"namespace\":\"team\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}}'",
                // no uid
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"exp\":9999999999,\"kubernetes.io\":{\"namespace\":\"team\",\"serviceaccount\":{\"name\":\"robot\"}}}'",
                // a pod that cannot be read
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"exp\":9999999999,\"kubernetes.io\":{\"namespace\":\"team\",\"pod\":\"web\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}}'",
                "'{\"iss\":\"I\",\"sub\":\"system:serviceaccount:team:robot\",\"exp\":9999999999,\"kubernetes.io\":{\"namespace\":\"team\",\"pod\":{},\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-robot\"}}}'"
            })
    void claimsThatAreMissingOrContradictEachOtherAreRefused(String claims) {
        assertThat(World.reason(ask(World.signed(claims.replace("\"I\"", "\"" + ISSUER + "\"")))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void namesThatReachElsewhereFindNothing() {
        String claims = claims("\"exp\":9999999999").replace("robot", "../secrets/team/held");
        assertThat(World.reason(ask(World.signed(claims)))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void hugeTimesAreTimes() {
        assertThat(ask(World.signed(claims("\"exp\":9223372036854775807", "\"nbf\":-9223372036854775808"))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(World.reason(ask(World.signed(claims("\"exp\":-9223372036854775808")))))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void tokensOfOthersAreNobodysHere() {
        for (String token : List.of(
                "abcdef.0123456789abcdef",
                "{\"payload\":\"\"}",
                "a.b.c",
                World.signed("{\"iss\":\"https://other.example\"}").reveal(),
                world.held().reveal())) {
            assertThat(ask(Secret.of(token))).isEqualTo(Outcome.NOT_MINE);
        }
    }

    @Test
    void ourIssuerWithAnothersSignatureIsRefused() {
        String token = world.token().reveal();
        String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(World.reason(ask(Secret.of(none + "." + payload + ".")))).isEqualTo(Reason.UNTRUSTED);
        assertThat(World.reason(ask(Secret.of(token.substring(0, token.length() - 6) + "AAAAAA"))))
                .isEqualTo(Reason.UNTRUSTED);
        String crit = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"ES256\",\"crit\":[\"x\"]}".getBytes(StandardCharsets.UTF_8));
        assertThat(World.reason(ask(Secret.of(crit + "." + payload + token.substring(token.lastIndexOf('.'))))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anOldIssuerAndAnOldKeyStillCount() {
        String claims = claims("\"exp\":9999999999").replace(ISSUER, "https://old.example");
        var token = Secret.of(World.OTHER.sign(claims.getBytes(StandardCharsets.UTF_8)));
        assertThat(user(token).name()).isEqualTo(ROBOT.userName());
    }

    @Test
    void aTokenThatWasVerifiedIsJudgedAnewInAllElse() {
        var token = world.token(TO_POD, ISSUER);
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
        assertThat(world.bound.authenticate(token, Audiences.of("vault"))).isInstanceOf(Outcome.Refused.class);
        world.remove("pods/team/web");
        assertThat(ask(token)).isInstanceOf(Outcome.Refused.class);
        world.put("pods/team/web", "u-web", "");
        assertThat(ask(token)).isInstanceOf(Outcome.Accepted.class);
        world.clock.advance(Duration.ofHours(2));
        assertThat(World.reason(ask(token))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void keysThatAreBelievedNoMoreTakeWhatTheyVerifiedWithThem() {
        var token = world.token();
        var believed = new AtomicReference<>(new VerificationKeys(List.of(World.SIGNER.publicKey()), Signatures.jdk()));
        var tokens = new SignedTokens(believed::get, Set.of(ISSUER), World.OWN);
        assertThat(tokens.read(token, Audiences.UNSPECIFIED)).isInstanceOf(SignedTokens.Reading.Good.class);
        assertThat(tokens.read(token, Audiences.UNSPECIFIED)).isInstanceOf(SignedTokens.Reading.Good.class);
        believed.set(new VerificationKeys(List.of(World.OTHER.publicKey()), Signatures.jdk()));
        assertThat(tokens.read(token, Audiences.UNSPECIFIED)).isInstanceOf(SignedTokens.Reading.Bad.class);
    }

    @Test
    void aChangedTokenIsAnotherToken() {
        String token = world.token().reveal();
        assertThat(ask(Secret.of(token))).isInstanceOf(Outcome.Accepted.class);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(ask(Secret.of(changed))).as("character %d", i).isNotInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void whatIsRememberedIsBounded() {
        var keys = new VerificationKeys(List.of(World.SIGNER.publicKey()), Signatures.jdk());
        var verified = new VerifiedTokens();
        for (int i = 0; i < 20_000; i++) {
            verified.add(VerifiedTokens.digest("token " + i), keys, Map.of("i", i));
            assertThat(verified.find(VerifiedTokens.digest("token 0"), keys))
                    .as("what is used stays")
                    .isPresent();
        }
        assertThat(verified.size()).isLessThanOrEqualTo(4100);
    }
}

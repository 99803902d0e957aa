package dev.muster.authn.uniquename;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.uniquename.UserNames.Claim;
import dev.muster.authn.uniquename.UserNames.Duplicate;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class UserNamesTest {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final UserNames names = names(1000);
    private final Source proxy = names.source("proxy", 0);
    private final Source certificate = names.source("certificate", 1);
    private final Source file = names.source("file", 2);

    private UserNames names(int most) {
        return new UserNames(most, new UserNames.Listener() {
            @Override
            public void duplicate(String name, Source owner, Source other) {
                told.add(name + ": " + owner + ", not " + other);
            }

            @Override
            public void unremembered(Source source) {
                told.add("too many of " + source);
            }
        });
    }

    private static String said(Claim claim) {
        return switch (claim) {
            case Claim.Own _ -> "own";
            case Claim.Foreign foreign -> "of " + foreign.owner();
            case Claim.Unknown _ -> "unknown";
        };
    }

    @Test
    void oneSourceMayGiveANameAsOftenAsItLikes() {
        for (int i = 0; i < 3; i++) {
            assertThat(said(names.claim(file, "jane"))).isEqualTo("own");
        }
        assertThat(told).isEmpty();
        assertThat(names.duplicates(10)).isEmpty();
    }

    @Test
    void aLaterSourceIsToldWhoseNameItIsAndOperatorsOnce() {
        names.claim(certificate, "jane");
        assertThat(said(names.claim(file, "jane"))).isEqualTo("of certificate");
        assertThat(said(names.claim(file, "jane"))).isEqualTo("of certificate");
        assertThat(said(names.claim(certificate, "jane"))).isEqualTo("own");
        assertThat(told).containsExactly("jane: certificate, not file");
        assertThat(names.count()).isEqualTo(1);
        assertThat(names.requests()).isEqualTo(2);
    }

    @Test
    void anEarlierSourceTakesOverWhatALaterOneUsedFirst() {
        assertThat(said(names.claim(file, "jane"))).isEqualTo("own");
        assertThat(said(names.claim(certificate, "jane"))).isEqualTo("own");
        assertThat(said(names.claim(file, "jane"))).isEqualTo("of certificate");
        assertThat(said(names.claim(proxy, "jane"))).isEqualTo("own");
        assertThat(said(names.claim(certificate, "jane"))).isEqualTo("of proxy");
        assertThat(names.duplicates(10))
                .containsExactly(new Duplicate("jane", "proxy", List.of("file", "certificate")));
        assertThat(names.count()).as("names, not pairs").isEqualTo(1);
    }

    @Test
    void ofTwoEquallyEarlyTheFirstToUseItHasIt() {
        var a = names.source("https://a", 5);
        var b = names.source("https://b", 5);
        assertThat(said(names.claim(b, "jane"))).isEqualTo("own");
        assertThat(said(names.claim(a, "jane"))).isEqualTo("of https://b");
        assertThat(said(names.claim(b, "jane"))).isEqualTo("own");
    }

    @Test
    void namesAreComparedExactly() {
        names.claim(certificate, "jane");
        for (String other : List.of("Jane", "jane ", "jan\u0435", "jane\0", "")) {
            assertThat(said(names.claim(file, other))).as(other).isEqualTo("own");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aReservedFormIsItsOwnersWithoutBeingRememberedAndNobodyElses() {
        names.reserve("system:serviceaccount:", file);
        for (int i = 0; i < 5000; i++) {
            assertThat(said(names.claim(file, "system:serviceaccount:default:" + i)))
                    .isEqualTo("own");
        }
        assertThat(said(names.claim(proxy, "system:serviceaccount:default:7"))).isEqualTo("of file");
        assertThat(said(names.claim(certificate, "system:serviceaccount:default:7")))
                .isEqualTo("of file");
        assertThat(said(names.claim(file, "system:serviceaccount:default:7"))).isEqualTo("own");
        assertThat(names.duplicates(10))
                .containsExactly(
                        new Duplicate("system:serviceaccount:default:7", "file", List.of("proxy", "certificate")));
    }

    @Test
    void whatIsKnownAtTheStartIsTaken() {
        names.know(certificate, List.of("kubernetes-admin"));
        names.know(file, List.of("jane", "kubernetes-admin"));
        assertThat(told).as("said before anybody comes").containsExactly("kubernetes-admin: certificate, not file");
        assertThat(said(names.claim(names.source("issuer", 5), "jane"))).isEqualTo("of file");
    }

    @Test
    void whoFillsTheMemoryOfOneSourceLeavesThatOfOthersAlone() {
        var few = names(10);
        var issuer = few.source("issuer", 5);
        var certificates = few.source("certificate", 1);
        for (int i = 0; i < 100; i++) {
            assertThat(said(few.claim(issuer, "user-" + i))).isEqualTo(i < 10 ? "own" : "unknown");
        }
        assertThat(few.unremembered()).isEqualTo(90);
        assertThat(said(few.claim(certificates, "admin"))).isEqualTo("own");
        assertThat(said(few.claim(issuer, "admin")))
                .as("and is noticed all the same")
                .isEqualTo("of certificate");
        assertThat(said(few.claim(issuer, "user-3"))).isEqualTo("own");
    }

    @Test
    void aNameTooLongToKeepIsNotKept() {
        assertThat(said(names.claim(file, "a".repeat(UserNames.LONGEST)))).isEqualTo("own");
        assertThat(said(names.claim(file, "a".repeat(UserNames.LONGEST + 1)))).isEqualTo("unknown");
    }

    @Test
    void whenManyComeAtOnceTheEarliestHasEveryName() throws Exception {
        var all = List.of(proxy, certificate, file);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < 6000; i++) {
                var source = all.get(i % 3);
                String name = "user-" + i / 3 % 200;
                tasks.add(() -> said(names.claim(source, name)));
            }
            Collections.shuffle(tasks, new java.util.Random(5));
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isNotEqualTo("unknown");
            }
        }
        assertThat(names.duplicates(1000)).hasSize(200).allSatisfy(one -> {
            assertThat(one.owner()).isEqualTo("proxy");
            assertThat(one.others()).containsExactlyInAnyOrder("certificate", "file");
        });
        assertThat(names.count()).isEqualTo(200);
    }

    private static TokenAuthenticator giving(User user, Proof proof) {
        return (_, _) -> new Outcome.Accepted(user, Audiences.UNSPECIFIED, List.of(), proof);
    }

    private static Outcome ask(TokenAuthenticator one) {
        return one.authenticate(Secret.of("t"), Audiences.UNSPECIFIED);
    }

    @Test
    void onlyRefusingRefusesAndItsStoryNamesTheOwner() {
        var jane = User.of("jane");
        for (boolean refusing : new boolean[] {false, true}) {
            var fresh = names(10);
            var first = new OneSource(fresh, "token file", 2, refusing, _ -> true).tokens(giving(jane, Proof.UNTOLD));
            var second = new OneSource(fresh, "other", 5, refusing, _ -> true).tokens(giving(jane, Proof.UNTOLD));
            assertThat(ask(first)).isInstanceOf(Outcome.Accepted.class);
            if (!refusing) {
                assertThat(ask(second)).isInstanceOf(Outcome.Accepted.class);
                continue;
            }
            assertThat(ask(second)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.detailForLog()).contains("\"jane\" belongs to token file");
                assertThat(refused.trail().heard())
                        .extracting(Heard::authenticator)
                        .containsExactly("other");
            });
            assertThat(ask(first)).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void issuersOfOneAuthenticatorAreSourcesOfTheirOwnAndProxiesAreNot() {
        var jane = User.of("jane");
        var people = new OneSource(names, "OpenID Connect", 5, true, _ -> true);
        var token = Proof.ofToken(Instant.EPOCH, Instant.MAX);
        assertThat(ask(people.tokens(giving(jane, token.by("https://a"))))).isInstanceOf(Outcome.Accepted.class);
        assertThat(ask(people.tokens(giving(jane, token.by("https://b"))))).isInstanceOf(Outcome.Refused.class);
        assertThat(ask(people.tokens(giving(jane, token.by("https://a"))))).isInstanceOf(Outcome.Accepted.class);
        assertThat(told).containsExactly("jane: OpenID Connect https://a, not OpenID Connect https://b");
    }

    @Test
    void whatMustBeWaitedForIsJudgedThen() {
        names.claim(certificate, "jane");
        var slow = new OneSource(names, "slow", 5, true, _ -> true)
                .tokens((_, _) -> new Outcome.Elsewhere(() -> Outcome.accepted(User.of("jane"))));
        assertThat(ask(slow))
                .isInstanceOfSatisfying(
                        Outcome.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.ask().get()).isInstanceOf(Outcome.Refused.class));
    }

    @Test
    void whatWasTakenBackTakesNobodysName() {
        var jane = User.of("jane");
        var stolen = new OneSource(names, "proxy", 0, true, who -> !who.user().equals(jane));
        assertThat(ask(stolen.tokens(giving(jane, Proof.UNTOLD)))).isInstanceOf(Outcome.Accepted.class);
        var others = new OneSource(names, "file", 2, true, _ -> true);
        assertThat(ask(others.tokens(giving(jane, Proof.UNTOLD)))).isInstanceOf(Outcome.Accepted.class);
        assertThat(told).isEmpty();
    }

    @Test
    void whoIsNobodyGivesNoName() {
        var none = new OneSource(names, "none", 5, true, _ -> true).tokens((_, _) -> Outcome.NOT_MINE);
        assertThat(ask(none)).isSameAs(Outcome.NOT_MINE);
    }

    @Test
    void aNameInALogStaysOnItsLine() {
        assertThat(Shown.name("a\nb\u001b[2J\u202e\"c\\")).isEqualTo("\"a?b?[2J?\\\"c\\\\\"");
        assertThat(Shown.name("a".repeat(500))).hasSize(105);
    }
}

package dev.muster.apiserver.impersonate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb impersonate, as it has been since Kubernetes 1.3: what is asked, and who one becomes. */
class LegacyTest {

    private static final User ALICE = new User("alice", "u1", List.of("ops"), Map.of("k", List.of("v")));
    private static final PathAttributes REQUEST = new PathAttributes(ALICE, "get", "/version");

    private static Wish user(String name, String... groups) {
        return new Wish(name, "", List.of(groups), Map.of());
    }

    private static Ruling rule(Asked asked, Wish wish) {
        return Impersonator.of(asked, false).rule(wish, REQUEST, false);
    }

    private static User becomes(Wish wish) {
        return ((Ruling.Granted) rule(new Asked("**"), wish)).user();
    }

    private static String refusal(Asked asked, Wish wish) {
        var no = (Ruling.Forbidden) rule(asked, wish);
        assertThat(no.status().code()).isEqualTo(403);
        assertThat(no.status().reason()).isEqualTo("Forbidden");
        return no.status().message();
    }

    @Test
    void everyPartIsAskedForInThisOrder() {
        var asked = new Asked("**");
        rule(
                asked,
                new Wish(
                        "bob",
                        "42",
                        List.of("developers", "admins"),
                        Map.of("scopes", List.of("view", "edit"), "acme.com/project", List.of("x"))));
        assertThat(asked.texts())
                .containsExactly(
                        "impersonate /users :bob",
                        "impersonate /groups :developers",
                        "impersonate /groups :admins",
                        "impersonate authentication.k8s.io/userextras/acme.com/project :x",
                        "impersonate authentication.k8s.io/userextras/scopes :view",
                        "impersonate authentication.k8s.io/userextras/scopes :edit",
                        "impersonate authentication.k8s.io/uids :42");
        assertThat(asked.questions).allSatisfy(question -> {
            assertThat(question.user()).isSameAs(ALICE);
            assertThat(((ResourceAttributes) question).apiVersion()).isEqualTo("v1");
            assertThat(((ResourceAttributes) question).selectors()).isEmpty();
        });
    }

    @Test
    void aServiceAccountIsAskedForInItsNamespace() {
        var asked = new Asked("**");
        rule(asked, user("system:serviceaccount:web:deployer"));
        assertThat(asked.texts()).containsExactly("impersonate /serviceaccounts web:deployer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:web",
                "system:serviceaccount:web:",
                "system:serviceaccount::deployer",
                "system:serviceaccount:web:deployer:x",
                "system:serviceaccount:Web:deployer",
                "system:serviceaccount:we.b:deployer",
                "system:serviceaccount:web:Deployer",
                "system:serviceaccount: web:deployer",
                "System:serviceaccount:web:deployer",
                "system:serviceaccounts:web:deployer",
                "system:node:one"
            })
    void whatIsNearlyAServiceAccountOrANodeIsAnOrdinaryName(String name) {
        var asked = new Asked("**");
        var granted = (Ruling.Granted) rule(asked, user(name));
        assertThat(asked.texts()).containsExactly("impersonate /users :" + name);
        assertThat(granted.user().groups()).containsExactly("system:authenticated");
    }

    @Test
    void theFirstPartThatIsRefusedIsTheAnswer() {
        var wish = new Wish("bob", "42", List.of("developers"), Map.of("scopes", List.of("view")));
        assertThat(refusal(new Asked(), wish))
                .isEqualTo("users \"bob\" is forbidden: User \"alice\" cannot impersonate resource \"users\""
                        + " in API group \"\" at the cluster scope");
        assertThat(refusal(new Asked("impersonate /users :bob"), wish))
                .isEqualTo("groups \"developers\" is forbidden: User \"alice\" cannot impersonate resource \"groups\""
                        + " in API group \"\" at the cluster scope");
        assertThat(refusal(new Asked("impersonate /users :bob", "impersonate /groups :developers"), wish))
                .isEqualTo(
                        "userextras.authentication.k8s.io \"view\" is forbidden: User \"alice\" cannot impersonate"
                                + " resource \"userextras/scopes\" in API group \"authentication.k8s.io\" at the cluster scope");
        assertThat(refusal(new Asked("impersonate /**", "impersonate authentication.k8s.io/userextras**"), wish))
                .isEqualTo("uids.authentication.k8s.io \"42\" is forbidden: User \"alice\" cannot impersonate"
                        + " resource \"uids\" in API group \"authentication.k8s.io\" at the cluster scope");
        assertThat(refusal(new Asked(), user("system:serviceaccount:web:deployer")))
                .isEqualTo("serviceaccounts \"deployer\" is forbidden: User \"alice\" cannot impersonate resource"
                        + " \"serviceaccounts\" in API group \"\" in the namespace \"web\"");
    }

    @Test
    void oneBecomesExactlyWhatWasAskedFor() {
        assertThat(becomes(new Wish("bob", "42", List.of("developers"), Map.of("scopes", List.of("view")))))
                .isEqualTo(new User(
                        "bob", "42", List.of("developers", "system:authenticated"), Map.of("scopes", List.of("view"))));
    }

    @Test
    void nothingOfTheCallerGoesAlong() {
        assertThat(becomes(user("bob"))).isEqualTo(new User("bob", "", List.of("system:authenticated"), Map.of()));
    }

    @Test
    void row32AServiceAccountHasItsGroupsUnlessOthersAreAskedFor() {
        assertThat(becomes(user("system:serviceaccount:web:deployer")).groups())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:web", "system:authenticated");
        assertThat(becomes(user("system:serviceaccount:web:deployer", "x")).groups())
                .containsExactly("x", "system:authenticated");
    }

    @Test
    void whoIsAuthenticatedIsSaidByTheirGroups() {
        assertThat(becomes(user("bob", "system:authenticated", "x")).groups())
                .containsExactly("system:authenticated", "x");
        assertThat(becomes(user("bob", "system:unauthenticated")).groups()).containsExactly("system:unauthenticated");
        assertThat(becomes(user("system:anonymous")).groups()).containsExactly("system:unauthenticated");
        assertThat(becomes(user("system:anonymous", "x")).groups()).containsExactly("x", "system:unauthenticated");
        assertThat(becomes(user("system:anonymous", "system:unauthenticated")).groups())
                .containsExactly("system:unauthenticated");
    }

    /** Section 26: unrestricted groups are the same as cluster-admin, and are so on purpose. */
    @Test
    void systemMastersIsAGroupLikeOthersForTheOldVerb() {
        var asked = new Asked("impersonate /users :bob", "impersonate /groups :system:masters");
        assertThat(((Ruling.Granted) rule(asked, user("bob", "system:masters")))
                        .user()
                        .groups())
                .containsExactly("system:masters", "system:authenticated");
        assertThat(refusal(new Asked("impersonate /users :bob"), user("bob", "system:masters")))
                .startsWith("groups \"system:masters\" is forbidden");
    }

    @Test
    void anEmptyGroupTakesAPermissionForIt() {
        assertThat(refusal(new Asked("impersonate /users :bob"), user("bob", "")))
                .isEqualTo("groups is forbidden: User \"alice\" cannot impersonate resource \"groups\""
                        + " in API group \"\" at the cluster scope");
    }

    @Test
    void anAuthorizerThatCannotSayRefusesAndSaysNothingOfWhy() {
        var ruling = Impersonator.of(_ -> new Decision.NoOpinion(Decision.Grounds.of("10.0.0.7 is down"), true), false)
                .rule(user("bob"), REQUEST, false);
        assertThat(((Ruling.Forbidden) ruling).status().message())
                .startsWith("users \"bob\" is forbidden")
                .doesNotContain("10.0.0.7");
    }

    @Test
    void aReasonIsToldAfterTheRefusal() {
        var ruling =
                Impersonator.of(_ -> Decision.deny("not on Sundays"), false).rule(user("bob"), REQUEST, false);
        assertThat(((Ruling.Forbidden) ruling).status().message()).endsWith("at the cluster scope: not on Sundays");
    }

    @Test
    void whoMustBeAskedElsewhereIsAskedOnlyByAThreadThatMayWait() {
        var impersonator = Impersonator.of(_ -> new Decision.Elsewhere(() -> Decision.allow("")), false);
        assertThat(impersonator.rule(user("bob"), REQUEST, false)).isEqualTo(new Ruling.MustWait());
        assertThat(impersonator.rule(user("bob"), REQUEST, true)).isInstanceOf(Ruling.Granted.class);
        var rounds = Impersonator.of(_ -> new Decision.Elsewhere(() -> new Decision.Elsewhere(() -> null)), false);
        assertThat(rounds.rule(user("bob"), REQUEST, true)).isInstanceOf(Ruling.Forbidden.class);
    }

    @Test
    void ofThousandsOfChecksTheOneThatFailedIsKept() {
        var groups = IntStream.range(0, 5000).mapToObj(i -> "g" + i);
        var wish = new Wish("bob", "", groups.toList(), Map.of());
        var no = (Ruling.Forbidden) Impersonator.of(
                        asked -> Asked.text(asked).endsWith(":g4000") ? Decision.NO_OPINION : Decision.allow(""), false)
                .rule(wish, REQUEST, false);
        assertThat(no.checks()).hasSizeLessThan(40).last().isEqualTo(new Check("impersonate groups \"g4000\"", false));
        assertThat(no.status().message()).startsWith("groups \"g4000\"");
    }
}

package dev.muster.apiserver.impersonate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KEP-5284: acting as another for some actions only, and the old verb after that. */
class ConstrainedTest {

    private static final String PODS = "impersonate-on:%s:list /pods default:";
    private static final User ALICE = User.of("alice", "ops");
    private static final User AGENT = new User(
            "system:serviceaccount:kube-system:agent",
            "u",
            List.of("system:serviceaccounts"),
            Map.of(
                    "authentication.kubernetes.io/node-name", List.of("one"),
                    "authentication.kubernetes.io/pod-name", List.of("agent-x")));

    private static Attributes listPods(User caller) {
        return new ResourceAttributes(
                caller,
                "list",
                "default",
                "",
                "v1",
                "pods",
                "",
                "",
                "/api/v1/namespaces/default/pods",
                Optional.of(new Attributes.Selectors("", "a=b")));
    }

    private static Wish user(String name, String... groups) {
        return new Wish(name, "", List.of(groups), Map.of());
    }

    private static Ruling rule(Asked asked, User caller, Wish wish) {
        return Impersonator.of(asked, true).rule(wish, listPods(caller), false);
    }

    private static String refusal(Asked asked, User caller, Wish wish) {
        return ((Ruling.Forbidden) rule(asked, caller, wish)).status().message();
    }

    @Test
    void aUserTakesTheActionAndEveryPart() {
        var asked = new Asked(PODS.formatted("user-info"), "impersonate:user-info authentication.k8s.io/**");
        var granted = (Ruling.Granted) rule(
                asked, ALICE, new Wish("bob", "42", List.of("developers"), Map.of("acme.com/project", List.of("x"))));
        assertThat(asked.texts())
                .containsExactly(
                        PODS.formatted("user-info"),
                        "impersonate:user-info authentication.k8s.io/users :bob",
                        "impersonate:user-info authentication.k8s.io/uids :42",
                        "impersonate:user-info authentication.k8s.io/groups :developers",
                        "impersonate:user-info authentication.k8s.io/userextras/acme.com/project :x");
        assertThat(((ResourceAttributes) asked.questions.getFirst()).selectors())
                .contains(new Attributes.Selectors("", "a=b"));
        assertThat(granted.constraint()).isEqualTo("impersonate:user-info");
        assertThat(granted.mode()).isEqualTo("user-info");
        assertThat(granted.user())
                .isEqualTo(new User(
                        "bob",
                        "42",
                        List.of("developers", "system:authenticated"),
                        Map.of("acme.com/project", List.of("x"))));
    }

    @Test
    void pathsAreActionsToo() {
        var asked = new Asked("impersonate-on:user-info:get /version", "impersonate:user-info **");
        var ruling =
                Impersonator.of(asked, true).rule(user("bob"), new PathAttributes(ALICE, "get", "/version"), false);
        assertThat(ruling).isInstanceOf(Ruling.Granted.class);
    }

    @Test
    void oneOfTheTwoIsNotEnough() {
        assertThat(refusal(new Asked("impersonate:user-info **"), ALICE, user("bob")))
                .isEqualTo("pods is forbidden: User \"alice\" cannot impersonate-on:user-info:list resource \"pods\""
                        + " in API group \"\" in the namespace \"default\"");
        assertThat(refusal(new Asked(PODS.formatted("user-info")), ALICE, user("bob")))
                .isEqualTo("users.authentication.k8s.io \"bob\" is forbidden: User \"alice\" cannot"
                        + " impersonate:user-info resource \"users\" in API group \"authentication.k8s.io\""
                        + " at the cluster scope");
    }

    @Test
    void theOldVerbIsTriedLast() {
        var asked = new Asked("impersonate /users :bob");
        var granted = (Ruling.Granted) rule(asked, ALICE, user("bob"));
        assertThat(asked.texts()).containsExactly(PODS.formatted("user-info"), "impersonate /users :bob");
        assertThat(granted.constraint()).isEmpty();
        assertThat(granted.mode()).isEqualTo("legacy");
    }

    @Test
    void theOrderOfTheOldVerbIsTheNewerOne() {
        var asked = new Asked("impersonate **");
        rule(asked, ALICE, new Wish("system:node:one", "42", List.of("g"), Map.of("k", List.of("v"))));
        assertThat(asked.texts())
                .containsExactly(
                        "impersonate /users :system:node:one",
                        "impersonate authentication.k8s.io/uids :42",
                        "impersonate /groups :g",
                        "impersonate authentication.k8s.io/userextras/k :v");
    }

    @Test
    void aServiceAccountIsAModeOfItsOwn() {
        var asked = new Asked(
                PODS.formatted("serviceaccount"),
                "impersonate:serviceaccount authentication.k8s.io/serviceaccounts web:deployer");
        var granted = (Ruling.Granted) rule(asked, ALICE, user("system:serviceaccount:web:deployer"));
        assertThat(granted.constraint()).isEqualTo("impersonate:serviceaccount");
        assertThat(granted.user().groups())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:web", "system:authenticated");
    }

    @Test
    void anyNodeIsAModeOfItsOwnAndHasItsGroup() {
        var asked = new Asked(
                PODS.formatted("arbitrary-node"), "impersonate:arbitrary-node authentication.k8s.io/nodes :two");
        var granted = (Ruling.Granted) rule(asked, ALICE, user("system:node:two"));
        assertThat(granted.constraint()).isEqualTo("impersonate:arbitrary-node");
        assertThat(granted.user().groups()).containsExactly("system:nodes", "system:authenticated");
    }

    @Test
    void theOwnNodeIsAskedForAsAnyNodeByAnAccountThatSaysOnlyWhichKeysItHas() {
        var asked = new Asked(
                PODS.formatted("associated-node"), "impersonate:associated-node authentication.k8s.io/nodes :*");
        var granted = (Ruling.Granted) rule(asked, AGENT, user("system:node:one"));
        assertThat(asked.texts())
                .containsExactly(
                        PODS.formatted("associated-node"),
                        "impersonate:associated-node authentication.k8s.io/nodes :*");
        assertThat(asked.questions)
                .allSatisfy(question -> assertThat(question.user().extra())
                        .isEqualTo(Map.of(
                                "authentication.kubernetes.io/associated-node-keys",
                                List.of(
                                        "authentication.kubernetes.io/node-name",
                                        "authentication.kubernetes.io/pod-name"))));
        assertThat(granted.user()).isEqualTo(User.of("system:node:one", "system:nodes", "system:authenticated"));
        assertThat(granted.constraint()).isEqualTo("impersonate:associated-node");
    }

    @Test
    void anothersNodeIsNotTheOwnOne() {
        var asked = new Asked(
                PODS.formatted("associated-node"), "impersonate:associated-node authentication.k8s.io/nodes :*");
        assertThat(refusal(asked, AGENT, user("system:node:two")))
                .contains("cannot impersonate-on:arbitrary-node:list");
        var two = new User(
                AGENT.name(), "", List.of(), Map.of("authentication.kubernetes.io/node-name", List.of("one", "two")));
        assertThat(refusal(asked, two, user("system:node:one"))).contains("impersonate-on:arbitrary-node:list");
        var person = new User("alice", "", List.of(), AGENT.extra());
        assertThat(refusal(asked, person, user("system:node:one"))).contains("impersonate-on:arbitrary-node:list");
    }

    @ParameterizedTest
    @CsvSource({
        "system:node:one, arbitrary-node",
        "system:serviceaccount:web:deployer, serviceaccount",
    })
    void nodesAndAccountsAreNamesAndNothingElse(String name, String mode) {
        for (Wish wish : List.of(
                user(name, "g"),
                new Wish(name, "42", List.of(), Map.of()),
                new Wish(name, "", List.of(), Map.of("acme.com/x", List.of("y"))))) {
            var asked = new Asked();
            rule(asked, ALICE, wish);
            assertThat(asked.texts()).as(wish.toString()).noneMatch(text -> text.contains(":" + mode));
            assertThat(asked.texts()).as(wish.toString()).allMatch(text -> text.startsWith("impersonate /"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "system:node:, user-info",
        "system:node:One, user-info",
        "system:node:one_two, user-info",
        "System:node:one, user-info",
        "system:serviceaccount:web, user-info",
        "system:node:one.example.com, arbitrary-node",
    })
    void whatIsNearlyANodeIsAUser(String name, String mode) {
        var asked = new Asked();
        rule(asked, ALICE, user(name));
        assertThat(asked.texts().getFirst()).isEqualTo(PODS.formatted(mode));
    }

    @Test
    void systemMastersIsNobodysInTheNewModes() {
        var all = new Asked("impersonate-on**", "impersonate:**");
        assertThat(refusal(all, ALICE, user("bob", "x", "system:masters")))
                .isEqualTo("groups.authentication.k8s.io \"system:masters\" is forbidden: User \"alice\" cannot"
                        + " impersonate:user-info resource \"groups\" in API group \"authentication.k8s.io\" at the"
                        + " cluster scope: impersonating the system:masters group is not allowed");
        assertThat(refusal(all, ALICE, user("bob", "")))
                .endsWith("impersonating the empty string group is not allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scopes     | v  | impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "scopes": must be a domain-prefixed path (such as "acme.io/foo")
            /x         | v  | impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "/x": must be a domain-prefixed path (such as "acme.io/foo")
            ''         | v  | impersonating the empty string key in extra is not allowed
            acme.com/X | v  | impersonating a non-lowercase key in extra is not allowed: "acme.com/X"
            acme.com/x | '' | impersonating the empty string value in extra is not allowed
            acme.com/é | v  | impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "é": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')
            """)
    void extraKeysAreOfADomain(String key, String value, String why) {
        var all = new Asked("impersonate-on**", "impersonate:**");
        assertThat(refusal(all, ALICE, new Wish("bob", "", List.of(), Map.of(key, List.of(value)))))
                .isEqualTo("userextras.authentication.k8s.io is forbidden: User \"alice\" cannot impersonate:user-info"
                        + " resource \"userextras\" in API group \"authentication.k8s.io\" at the cluster scope: "
                        + why);
    }

    @Test
    void fromFourOnAllAreAskedForAtOnceFirst() {
        var groups = List.of("a", "b", "c", "d").toArray(String[]::new);
        var asked = new Asked(
                PODS.formatted("user-info"),
                "impersonate:user-info authentication.k8s.io/users :bob",
                "impersonate:user-info authentication.k8s.io/groups :*",
                "impersonate:user-info authentication.k8s.io/userextras/* :*");
        var extra = Map.of("acme.com/x", List.of("1", "2", "3", "4"));
        assertThat(rule(asked, ALICE, new Wish("bob", "", List.of(groups), extra)))
                .isInstanceOf(Ruling.Granted.class);
        assertThat(asked.questions).hasSize(4);
        var one = new Asked(PODS.formatted("user-info"), "impersonate:user-info authentication.k8s.io/users :bob");
        rule(one, ALICE, user("bob", groups));
        assertThat(one.texts().subList(2, 4))
                .containsExactly(
                        "impersonate:user-info authentication.k8s.io/groups :*",
                        "impersonate:user-info authentication.k8s.io/groups :a");
        var three = new Asked("impersonate-on**", "impersonate:user-info authentication.k8s.io/users :bob");
        rule(three, ALICE, user("bob", "a", "b", "c"));
        assertThat(three.texts()).doesNotContain("impersonate:user-info authentication.k8s.io/groups :*");
    }

    @Test
    void theModeThatServedLastIsTriedFirstAndHasTheWord() {
        var asked = new Asked("impersonate /users :bob");
        var impersonator = Impersonator.of(asked, true);
        assertThat(impersonator.rule(user("bob"), listPods(ALICE), false)).isInstanceOf(Ruling.Granted.class);
        assertThat(asked.questions).hasSize(2);
        assertThat(impersonator.rule(user("bob"), listPods(ALICE), false)).isInstanceOf(Ruling.Granted.class);
        assertThat(asked.questions).hasSize(3);
        var no = (Ruling.Forbidden) impersonator.rule(user("carol"), listPods(ALICE), false);
        assertThat(no.status().message()).startsWith("users \"carol\" is forbidden");
    }

    /** Kubernetes remembers a yes for ten seconds; here a right that was taken back is gone at once. */
    @Test
    void nothingIsRememberedOfAYes() {
        boolean[] may = {true};
        var impersonator = Impersonator.of(_ -> may[0] ? Decision.allow("") : Decision.NO_OPINION, true);
        assertThat(impersonator.rule(user("bob"), listPods(ALICE), false)).isInstanceOf(Ruling.Granted.class);
        may[0] = false;
        assertThat(impersonator.rule(user("bob"), listPods(ALICE), false)).isInstanceOf(Ruling.Forbidden.class);
    }

    @Test
    void whatIsRememberedOfCallersIsBounded() {
        var last = new LastModes();
        IntStream.range(0, 30_000).forEach(i -> last.served("caller" + i, 1));
        assertThat(IntStream.range(0, 30_000).filter(i -> last.of("caller" + i) >= 0))
                .hasSizeLessThanOrEqualTo(10_000);
    }

    @Test
    void whatIsCountedHasNoNameOfAClient() {
        var impersonator = Impersonator.of(new Asked("impersonate /users :bob"), true);
        impersonator.rule(user("bob"), listPods(ALICE), false);
        impersonator.rule(user("carol"), listPods(ALICE), false);
        var seen = new TreeMap<String, Long>();
        impersonator.counters().tell((series, value) -> seen.put(series, value.getAsLong()));
        assertThat(seen)
                .containsEntry("apiserver_impersonation_attempts_total{mode=\"legacy\",decision=\"allowed\"}", 1L)
                .containsEntry("apiserver_impersonation_attempts_total{mode=\"none\",decision=\"denied\"}", 1L)
                .containsEntry(
                        "apiserver_impersonation_authorization_attempts_total{mode=\"user-info\",decision=\"denied\"}",
                        2L);
        assertThat(seen.keySet()).noneMatch(series -> series.contains("bob"));
    }
}

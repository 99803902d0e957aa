package dev.muster.authz.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.naive.NaiveRule;
import dev.muster.core.access.Attributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleCoversTest {

    record Case(String why, List<Rule> held, Rule wanted, boolean covered) {}

    static Stream<Case> cases() {
        Rule getPods = rule("get", "", "pods");
        return Stream.of(
                new Case("the same", List.of(getPods), getPods, true),
                new Case("nothing wanted of nothing held", List.of(), rule(List.of(), List.of(), List.of()), true),
                new Case("another verb", List.of(getPods), rule("list", "", "pods"), false),
                new Case(
                        "pieces from several held rules",
                        List.of(getPods, rule("list", "", "pods"), rule("*", "", "secrets")),
                        rule(List.of("get", "list"), List.of(""), List.of("pods", "secrets")),
                        true),
                new Case(
                        "every verb one by one is not any verb",
                        List.of(rule(
                                List.of("get", "list", "watch", "create", "update", "patch", "delete"),
                                List.of(""),
                                List.of("pods"))),
                        rule("*", "", "pods"),
                        false),
                new Case("any group", List.of(rule("get", "*", "pods")), getPods, true),
                new Case("any group wanted", List.of(getPods), rule("get", "*", "pods"), false),
                new Case("any resource", List.of(rule("get", "", "*")), rule("get", "", "pods/log"), true),
                new Case("any resource wanted", List.of(getPods), rule("get", "", "*"), false),
                new Case("any log", List.of(rule("get", "", "*/log")), rule("get", "", "pods/log"), true),
                new Case("any log is no pod", List.of(rule("get", "", "*/log")), getPods, false),
                new Case("a log is not any log", List.of(rule("get", "", "pods/log")), rule("get", "", "*/log"), false),
                new Case("pods are no logs", List.of(getPods), rule("get", "", "pods/log"), false),
                new Case("a name of any", List.of(getPods), named("a"), true),
                new Case("any name of one", List.of(named("a")), getPods, false),
                new Case("names from several rules", List.of(named("a"), named("b")), named("a", "b"), true),
                new Case("a name too many", List.of(named("a")), named("a", "b"), false),
                new Case("a path", List.of(paths("/healthz")), paths("/healthz"), true),
                new Case("a path by prefix", List.of(paths("/api/*")), paths("/api/v1"), true),
                new Case("a narrower prefix", List.of(paths("/api*")), paths("/api/*"), true),
                new Case("a wider prefix", List.of(paths("/api/*")), paths("/api*"), false),
                new Case("all paths", List.of(paths("*")), paths("/x"), true),
                new Case("all paths wanted", List.of(paths("/*")), paths("*"), false),
                new Case("resources are no paths", List.of(rule("*", "*", "*")), paths("/x"), false),
                new Case("paths are no resources", List.of(paths("*")), getPods, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rulesAreCoveredAsInKubernetes(Case example) {
        var answer = RuleCovers.check(example.held, List.of(example.wanted));
        assertThat(answer.covered()).as(example.why).isEqualTo(example.covered);
        assertThat(answer.missing().isEmpty()).isEqualTo(example.covered);
    }

    @Test
    void whatIsCoveredAllowsNothingThatIsNotHeld() {
        int covered = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            var chance = new GeneratedPolicy(seed);
            List<Rule> held = chance.times(1 + chance.upTo(4), chance::rule);
            List<Rule> wanted = chance.times(1 + chance.upTo(2), chance::rule);
            if (RuleCovers.check(held, wanted).covered()) {
                covered++;
                for (int i = 0; i < 200; i++) {
                    Attributes request = chance.request(User.of("ann"));
                    if (allows(wanted, request)) {
                        assertThat(allows(held, request))
                                .as("seed %s: %s held %s wanted %s", seed, request, held, wanted)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(covered).as("cases that say anything").isGreaterThan(100);
    }

    @Test
    void whatIsMissingTogetherWithWhatIsHeldIsEnough() {
        for (long seed = 0; seed < 2_000; seed++) {
            var chance = new GeneratedPolicy(seed);
            List<Rule> held = chance.times(chance.upTo(4), chance::rule);
            List<Rule> wanted = chance.times(1 + chance.upTo(3), chance::rule);
            List<Rule> missing = RuleCovers.check(held, wanted).missing();
            List<Rule> all = Stream.concat(held.stream(), missing.stream()).toList();
            assertThat(RuleCovers.check(all, wanted).covered())
                    .as("seed %s", seed)
                    .isTrue();
            for (Rule piece : missing) {
                assertThat(RuleCovers.check(held, List.of(piece)).covered())
                        .as("seed %s: %s", seed, piece)
                        .isFalse();
            }
        }
    }

    @Test
    void rulesOfAMillionMillionPiecesAreRefusedInBoundedWork() {
        List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "x" + i).toList();
        var wanted = new Rule(many, many, many, many, List.of());
        assertThat(RuleCovers.check(List.of(), List.of(wanted)).covered()).isFalse();
        // Held in two halves, so that no single rule covers the whole.
        var left = new Rule(many.subList(0, 500), List.of("*"), List.of("*"), List.of(), List.of());
        var right = new Rule(many.subList(500, 1_000), List.of("*"), List.of("*"), List.of(), List.of());
        var answer = RuleCovers.check(List.of(left, right), List.of(wanted));
        assertThat(answer.covered()).isFalse();
        assertThat(answer.cut()).isTrue();
        assertThat(RuleCovers.check(List.of(rule("*", "*", "*")), List.of(wanted))
                        .covered())
                .isTrue();
    }

    private static boolean allows(List<Rule> rules, Attributes request) {
        return rules.stream().anyMatch(rule -> NaiveRule.allows(rule, request));
    }

    private static Rule rule(String verb, String group, String resource) {
        return rule(List.of(verb), List.of(group), List.of(resource));
    }

    private static Rule rule(List<String> verbs, List<String> groups, List<String> resources) {
        return Rule.of(verbs, groups, resources);
    }

    private static Rule named(String... names) {
        return new Rule(List.of("get"), List.of(""), List.of("pods"), List.of(names), List.of());
    }

    private static Rule paths(String pattern) {
        return Rule.ofPaths(List.of("get"), List.of(pattern));
    }
}

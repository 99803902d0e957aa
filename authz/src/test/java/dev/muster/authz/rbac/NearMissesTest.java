package dev.muster.authz.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.BindingLister.Near;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NearMissesTest {

    private static final User JANE = User.of("jane");

    private record Case(String what, Rule rule, Attributes asked, List<String> lacks) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Attributes asks(String verb, String group, String resource, String subresource, String name) {
        return ResourceAttributes.of(JANE, verb, "", group, resource, subresource, name);
    }

    private static Rule rule(String verb, String group, String resource, String... names) {
        return new Rule(List.of(verb), List.of(group), List.of(resource), List.of(names), List.of());
    }

    static Stream<Case> cases() {
        var delete = asks("delete", "", "pods", "", "one");
        return Stream.of(
                new Case("another verb", rule("get", "", "pods"), delete, List.of("verb delete")),
                new Case("another group", rule("delete", "apps", "pods"), delete, List.of("API group \"\"")),
                new Case(
                        "a name not among those named",
                        rule("delete", "", "pods", "two"),
                        delete,
                        List.of("the name one")),
                new Case(
                        "a list where names are named",
                        rule("list", "", "pods", "two"),
                        asks("list", "", "pods", "", ""),
                        List.of("requests without a name")),
                new Case(
                        "the sub-resource alone",
                        rule("get", "", "pods/log"),
                        asks("get", "", "pods", "", "one"),
                        List.of("resource pods")),
                new Case(
                        "the object without its sub-resource",
                        rule("get", "", "pods"),
                        asks("get", "", "pods", "log", "one"),
                        List.of("resource pods/log")),
                new Case("two things", rule("get", "apps", "pods"), delete, List.of("verb delete and API group \"\"")),
                new Case("three things are not near", rule("get", "apps", "pods", "two"), delete, List.of()),
                new Case("something else altogether", rule("delete", "", "secrets"), delete, List.of()),
                new Case("what allows it is no miss", rule("delete", "", "pods"), delete, List.of()),
                new Case(
                        "another verb on a path",
                        Rule.ofPaths(List.of("get"), List.of("/logs/*")),
                        new PathAttributes(JANE, "post", "/logs/one"),
                        List.of("verb post")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleComesCloseWhenItLacksLittle(Case one) {
        assertThat(NearMisses.of(List.of(one.rule()), one.asked()))
                .extracting(Near::lacks)
                .isEqualTo(one.lacks());
    }

    @Test
    void theNearestComesFirstAndAFewAreEnough() {
        var asked = asks("delete", "", "pods", "", "one");
        var far = rule("get", "apps", "pods");
        var many = Stream.of("a", "b", "c", "d", "e", "f").map(name -> rule("delete", "", "pods", name));
        var near = NearMisses.of(Stream.concat(Stream.of(far), many).toList(), asked);
        assertThat(near).hasSize(5).allMatch(one -> one.lacks().equals("the name one"));
        assertThat(near.getFirst().rule())
                .isEqualTo("{APIGroups:[\"\"], Resources:[\"pods\"], ResourceNames:[\"a\"], Verbs:[\"delete\"]}");
    }
}

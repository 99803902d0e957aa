package dev.muster.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rule is taken for which request. */
class PolicyTest {

    private static final User JANE = User.of("jane", "developers", "system:authenticated");

    private static Attributes.ResourceAttributes asked(String group, String resource, String subresource, String name) {
        return Attributes.ResourceAttributes.of(JANE, "get", "web", group, resource, subresource, name);
    }

    private static Attributes path(String path) {
        return new Attributes.PathAttributes(JANE, "get", path);
    }

    private static Rule rule(Rule.Who who, Rule.What what) {
        return new Rule(Level.METADATA, who, what, Set.of(), Optional.empty());
    }

    private static boolean matches(Rule rule, User user, Attributes asked) {
        return new Policy(List.of(rule), Set.of(), false).judge(user, asked).level() == Level.METADATA;
    }

    private static Rule of(String group, Set<String> resources, Set<String> names) {
        return rule(
                Rule.Who.ANYBODY,
                new Rule.What(Set.of(), List.of(new GroupResources(group, resources, names)), Set.of(), List.of()));
    }

    record Pattern(String pattern, String resource, String subresource, boolean matches) {}

    static Stream<Pattern> patterns() {
        return Stream.of(
                new Pattern("*", "pods", "", true),
                new Pattern("*", "pods", "log", true),
                new Pattern("pods", "pods", "", true),
                new Pattern("pods", "pods", "log", false),
                new Pattern("pods/log", "pods", "log", true),
                new Pattern("pods/log", "pods", "", false),
                new Pattern("pods/*", "pods", "log", true),
                // Kubernetes' matcher takes the resource itself too.
                new Pattern("pods/*", "pods", "", true),
                new Pattern("pods/*", "nodes", "status", false),
                new Pattern("*/status", "nodes", "status", true),
                new Pattern("*/status", "nodes", "", false),
                new Pattern("*/*", "nodes", "status", false));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void resourcesAreMatchedAsKubernetesMatchesThem(Pattern row) {
        assertThat(matches(
                        of("", Set.of(row.pattern()), Set.of()),
                        JANE,
                        asked("", row.resource(), row.subresource(), "")))
                .isEqualTo(row.matches());
    }

    @Test
    void aGroupIsItselfOrEvery() {
        assertThat(matches(of("apps", Set.of(), Set.of()), JANE, asked("apps", "deployments", "", "")))
                .isTrue();
        assertThat(matches(of("", Set.of(), Set.of()), JANE, asked("apps", "deployments", "", "")))
                .isFalse();
        assertThat(matches(of("*", Set.of(), Set.of()), JANE, asked("apps", "deployments", "", "")))
                .isTrue();
        assertThat(matches(of("*", Set.of("pods"), Set.of("a")), JANE, asked("", "pods", "", "b")))
                .isFalse();
        assertThat(matches(of("*", Set.of("pods"), Set.of("a")), JANE, asked("", "pods", "", "a")))
                .isTrue();
    }

    record Path(String pattern, String path, boolean matches) {}

    static Stream<Path> paths() {
        return Stream.of(
                new Path("/api", "/api", true),
                new Path("/api", "/api/v1", false),
                new Path("/healthz*", "/healthz/etcd", true),
                new Path("/healthz*", "/healthz", true),
                new Path("/healthz*", "/livez", false),
                new Path("*", "/anything", true));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void pathsAreMatchedToTheirEndOrByTheirBeginning(Path row) {
        var what = new Rule.What(Set.of(), List.of(), Set.of(), List.of(row.pattern()));
        assertThat(matches(rule(Rule.Who.ANYBODY, what), JANE, path(row.path())))
                .isEqualTo(row.matches());
        assertThat(matches(rule(Rule.Who.ANYBODY, what), JANE, asked("", "pods", "", "")))
                .as("no resource has a path of this sort")
                .isFalse();
    }

    @Test
    void aRuleForAUserOrGroupIsNotForNobody() {
        var user = rule(new Rule.Who(Set.of("jane"), Set.of()), Rule.What.ANYTHING);
        var group = rule(new Rule.Who(Set.of(), Set.of("admins", "developers")), Rule.What.ANYTHING);
        assertThat(matches(user, JANE, path("/"))).isTrue();
        assertThat(matches(group, JANE, path("/"))).isTrue();
        assertThat(matches(user, User.of("john", "admins"), path("/"))).isFalse();
        assertThat(matches(group, User.of("jane"), path("/"))).isFalse();
        assertThat(matches(user, null, path("/"))).isFalse();
        assertThat(matches(group, null, path("/"))).isFalse();
    }

    @Test
    void theEmptyNamespaceIsTheScopeOfTheCluster() {
        var cluster = rule(Rule.Who.ANYBODY, new Rule.What(Set.of(), List.of(), Set.of(""), List.of()));
        assertThat(matches(cluster, JANE, asked("", "pods", "", ""))).isFalse();
        assertThat(matches(cluster, JANE, Attributes.ResourceAttributes.of(JANE, "get", "", "", "nodes", "", "n")))
                .isTrue();
        assertThat(matches(cluster, JANE, path("/api"))).isFalse();
    }

    @Test
    void theFirstRuleDecidesAndNoRuleMeansNone() {
        var policy = new Policy(
                List.of(
                        of("", Set.of("pods"), Set.of()),
                        new Rule(
                                Level.REQUEST,
                                Rule.Who.ANYBODY,
                                new Rule.What(
                                        Set.of("get"),
                                        List.of(new GroupResources("", Set.of(), Set.of())),
                                        Set.of(),
                                        List.of()),
                                Set.of(Stage.PANIC),
                                Optional.of(false))),
                Set.of(Stage.REQUEST_RECEIVED),
                true);
        assertThat(policy.judge(JANE, asked("", "pods", "", "")).level()).isEqualTo(Level.METADATA);
        var second = policy.judge(JANE, asked("", "secrets", "", ""));
        assertThat(second.level()).isEqualTo(Level.REQUEST);
        assertThat(second.omitted()).containsExactlyInAnyOrder(Stage.PANIC, Stage.REQUEST_RECEIVED);
        assertThat(second.omitManagedFields()).isFalse();
        assertThat(policy.judge(JANE, asked("", "pods", "", "")).omitManagedFields())
                .isTrue();
        assertThat(policy.judge(JANE, path("/api")).level()).isEqualTo(Level.NONE);
    }
}

package dev.muster.authz.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.authz.rbac.naive.NaiveRbac;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of Kubernetes' rule matching; index and naive evaluator are asked alike. */
class RuleMatchingTest {

    private static final User ANN = User.of("ann");

    record Case(Rule rule, Attributes request, boolean allowed) {}

    static Stream<Case> cases() {
        return Stream.of(
                yes(on("get", "", "pods"), get("", "pods", "", "")),
                no(on("get", "", "pods"), get("apps", "pods", "", "")),
                no(on("get", "", "pods"), get("", "pods", "log", "")),
                no(on("Get", "", "pods"), get("", "pods", "", "")),
                no(on("get", "", "Pods"), get("", "pods", "", "")),
                yes(on("*", "*", "*"), get("any", "thing", "log", "x")),
                yes(on("get", "", "*"), get("", "pods", "log", "")),
                yes(on("get", "", "pods/log"), get("", "pods", "log", "")),
                no(on("get", "", "pods/log"), get("", "pods", "", "")),
                // kubectl auth can-i: */scale is every scale, deployments/* is nothing.
                yes(on("get", "apps", "*/scale"), get("apps", "deployments", "scale", "")),
                no(on("get", "apps", "*/scale"), get("apps", "deployments", "status", "")),
                no(on("get", "apps", "*/scale"), get("apps", "scale", "", "")),
                no(on("get", "apps", "deployments/*"), get("apps", "deployments", "scale", "")),
                no(on("get", "apps", "deployments/*"), get("apps", "deployments", "", "")),
                yes(named("o"), get("", "configmaps", "", "o")),
                no(named("o"), get("", "configmaps", "", "p")),
                // list and create name nothing.
                no(named("o"), get("", "configmaps", "", "")),
                no(named("*"), get("", "configmaps", "", "o")),
                no(on("get", "", "pods"), path("get", "/pods")),
                no(on("*", "*", "*"), path("get", "/healthz")),
                yes(paths("*"), path("get", "/healthz")),
                yes(paths("*"), path("get", "")),
                no(paths("*"), get("", "pods", "", "")),
                no(paths("*"), path("post", "/healthz")),
                yes(paths("/healthz"), path("get", "/healthz")),
                no(paths("/healthz"), path("get", "/healthz/")),
                no(paths("/healthz"), path("head", "/healthz")),
                yes(paths("/healthz*"), path("get", "/healthzz")),
                yes(paths("/healthz*"), path("get", "/healthz")),
                yes(paths("/api/*"), path("get", "/api/")),
                no(paths("/api/*"), path("get", "/api")),
                yes(paths("/api/**"), path("get", "/api/x")),
                no(paths("/a*b"), path("get", "/acb")),
                yes(paths("/a*b"), path("get", "/a*b")),
                no(paths("/healthz"), path("get", "/healthz/../healthz")),
                no(paths("/healthz"), path("get", "/%68ealthz")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleAllowsWhatKubernetesSaysItDoes(Case example) {
        var role = new Role("", "r", List.of(example.rule));
        var binding = new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r"));
        var index = new RbacIndex((key, why) -> {});
        index.reset(PolicyFeed.snapshotOf(List.of(role), List.of(binding)));
        for (Authorizer asked : List.of(new RbacAuthorizer(index), new NaiveRbac(List.of(role), List.of(binding)))) {
            assertThat(asked.authorize(example.request) instanceof Decision.Allow)
                    .as(asked.getClass().getSimpleName())
                    .isEqualTo(example.allowed);
        }
    }

    private static Case yes(Rule rule, Attributes request) {
        return new Case(rule, request, true);
    }

    private static Case no(Rule rule, Attributes request) {
        return new Case(rule, request, false);
    }

    private static Rule on(String verb, String group, String resource) {
        return Rule.of(List.of(verb), List.of(group), List.of(resource));
    }

    private static Rule named(String name) {
        return new Rule(List.of("*"), List.of(""), List.of("configmaps"), List.of(name), List.of());
    }

    private static Rule paths(String pattern) {
        return Rule.ofPaths(List.of("get"), List.of(pattern));
    }

    private static Attributes get(String group, String resource, String subresource, String name) {
        return Attributes.ResourceAttributes.of(ANN, "get", "", group, resource, subresource, name);
    }

    private static Attributes path(String verb, String path) {
        return new Attributes.PathAttributes(ANN, verb, path);
    }
}

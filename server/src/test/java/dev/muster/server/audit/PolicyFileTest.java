package dev.muster.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a policy, by its path and in Kubernetes' words. */
class PolicyFileTest {

    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

    record Row(String yaml, String problem) {}

    static Stream<Row> bad() {
        return Stream.of(
                new Row(HEAD, "loaded illegal policy with 0 rules"),
                new Row(HEAD + "rules: []", "loaded illegal policy with 0 rules"),
                new Row(HEAD + "rules: [{}]", "rules[0].level: Required value"),
                new Row(
                        HEAD + "rules: [{level: Everything}]",
                        "rules[0].level: Unsupported value: \"Everything\": supported values: \"None\", \"Metadata\","
                                + " \"Request\", \"RequestResponse\""),
                new Row(
                        HEAD + "rules: [{level: None, nonResourceURLs: [api]}]",
                        "rules[0].nonResourceURLs[0]: Invalid value: \"api\": non-resource URL rules must begin with a"
                                + " '/' character"),
                new Row(
                        HEAD + "rules: [{level: None, nonResourceURLs: [/a*b]}]",
                        "rules[0].nonResourceURLs[0]: Invalid value: \"/a*b\": non-resource URL wildcards '*' must be the"
                                + " final character of the rule"),
                new Row(
                        HEAD + "rules: [{level: None, nonResourceURLs: [/a], namespaces: [x]}]",
                        "rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both regular resources"
                                + " and non-resource URLs"),
                new Row(
                        HEAD + "rules: [{level: None, resources: [{group: rbac.authorization.k8s.io/v1}]}]",
                        "rules[0].resources[0].group: Invalid value: \"rbac.authorization.k8s.io/v1\": a lowercase RFC"
                                + " 1123 subdomain"),
                new Row(
                        HEAD + "rules: [{level: None, resources: [{resourceNames: [x]}]}]",
                        "rules[0].resources[0].resourceNames: Invalid value: [\"x\"]: using resourceNames requires at"
                                + " least one resource"),
                new Row(
                        HEAD + "rules: [{level: None, omitStages: [Never]}]",
                        "rules[0].omitStages[0]: Invalid value: \"Never\": allowed stages are"
                                + " RequestReceived,ResponseStarted,ResponseComplete,Panic"),
                new Row(HEAD + "omitStages: [x]\nrules: [{level: None}]", "omitStages[0]: Invalid value: \"x\""),
                new Row(
                        HEAD + "rules: [{level: None, user: [jane]}]",
                        "strict decoding error: unknown field \"rules[0].user\""),
                new Row(
                        HEAD + "rules: [{level: None, users: jane}]",
                        "rules[0].users: Invalid value: \"jane\": must be"),
                new Row(
                        "apiVersion: audit.k8s.io/v1beta1\nkind: Policy\nrules: [{level: None}]",
                        "unknown group version field audit.k8s.io/v1beta1, Kind=Policy in policy"),
                new Row("rules: [", "failed decoding"),
                new Row("- a", "failed decoding"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsSaid(Row row) {
        var read = PolicyFile.parse(row.yaml().getBytes(StandardCharsets.UTF_8));
        assertThat(read.policy()).isEmpty();
        assertThat(read.problems()).anySatisfy(p -> assertThat(p).startsWith(row.problem()));
    }

    @Test
    void allIsSaidAtOnce() {
        var read = PolicyFile.parse((HEAD + "omitStage: []\nrules: [{level: A}, {level: B, verb: [get]}]")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(read.problems()).hasSize(4);
    }

    @Test
    void aGoodOneIsRead() {
        var text = HEAD + """
                metadata: {name: x}
                omitStages: [RequestReceived]
                omitManagedFields: true
                rules:
                - level: None
                  users: [a]
                  userGroups: [b]
                  verbs: [get]
                  resources: [{group: "", resources: [pods, pods/log], resourceNames: [c]}, {group: "*"}]
                  namespaces: [""]
                  omitManagedFields: false
                - level: Metadata
                  nonResourceURLs: ["*", "/a*"]
                """;
        var read = PolicyFile.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.problems()).isEqualTo(List.of());
        assertThat(read.policy()).isPresent();
    }
}

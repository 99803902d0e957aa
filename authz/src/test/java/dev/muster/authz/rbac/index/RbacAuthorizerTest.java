package dev.muster.authz.rbac.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.Explained;
import dev.muster.authz.rbac.PolicyFeed;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Subject;
import dev.muster.authz.rbac.Trees;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import dev.muster.core.store.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RbacAuthorizerTest {

    private static final Rule READ_PODS = Rule.of(List.of("get"), List.of(""), List.of("pods"));
    private static final Rule READ_HEALTH = Rule.ofPaths(List.of("get"), List.of("/healthz"));

    private final PolicyFeed feed = new PolicyFeed();
    private final List<String> problems = new ArrayList<>();
    private final RbacIndex index = new RbacIndex((key, why) -> problems.add(key + ": " + why));
    private final RbacAuthorizer rbac = new RbacAuthorizer(index);

    @Test
    void theReasonNamesClusterRoleBindingRoleAndSubject() {
        put(new Role("", "r", List.of(READ_PODS)));
        put(new Binding("", "b", List.of(Subject.user("ann"), Subject.group("g")), RoleRef.clusterRole("r")));
        assertThat(reason(getPods(User.of("x", "g"), "")))
                .isEqualTo("RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to Group \"g\"");
        assertThat(reason(getPods(User.of("ann", "g"), "n")))
                .isEqualTo("RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to User \"ann\"");
    }

    @Test
    void theReasonNamesARoleBindingBeforeItsNamespaceAndAServiceAccountBeforeIts() {
        put(new Role("ns", "r", List.of(READ_PODS)));
        put(new Binding("ns", "b", List.of(Subject.serviceAccount("", "robot")), RoleRef.role("r")));
        var robot = User.of("system:serviceaccount:ns:robot");
        assertThat(reason(getPods(robot, "ns")))
                .isEqualTo("RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to ServiceAccount \"robot/ns\"");
        assertThat(rbac.authorize(getPods(robot, "other"))).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void theGroundsNameBindingSubjectAndRuleWithoutParsingTheSentence() {
        put(new Role("", "r", List.of(READ_HEALTH, READ_PODS)));
        var binding = new Binding("", "b", List.of(Subject.group("g")), RoleRef.clusterRole("r"));
        put(binding);
        var grounds = Explained.behind(rbac.authorize(getPods(User.of("ann", "g"), "")))
                .orElseThrow();
        assertThat(grounds.binding()).isEqualTo(binding);
        assertThat(grounds.subject()).isEqualTo(Subject.group("g"));
        assertThat(grounds.ruleIndex()).isEqualTo(1);
        assertThat(grounds.rule()).isEqualTo(READ_PODS);
    }

    @Test
    void whatNothingAllowsIsNoOpinionWithNothingToSay() {
        assertThat(rbac.authorize(getPods(User.of("ann"), "ns"))).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void aMissingRoleIsSaidInTheRefusalAndIsNoFailure() {
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("x")));
        var refused = (Decision.NoOpinion) rbac.authorize(getPods(User.of("ann"), "ns"));
        assertThat(refused.failed()).isFalse();
        assertThat(refused.grounds().text()).isEqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"x\" not found");
    }

    @Test
    void severalMissingRolesAreListedOnceEach() {
        put(new Binding("", "a", List.of(Subject.user("ann")), RoleRef.clusterRole("x")));
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("x")));
        put(new Binding("", "c", List.of(Subject.user("ann")), new RoleRef("Rolle", "x")));
        put(new Binding("ns", "a", List.of(Subject.group("g")), RoleRef.role("y")));
        var refused = (Decision.NoOpinion) rbac.authorize(getPods(User.of("ann", "g"), "ns"));
        assertThat(refused.grounds().text())
                .isEqualTo("RBAC: [clusterrole.rbac.authorization.k8s.io \"x\" not found, "
                        + "unsupported role reference kind: \"Rolle\", "
                        + "role.rbac.authorization.k8s.io \"y\" not found]");
    }

    @Test
    void aMissingRoleDoesNotHinderAnotherBinding() {
        put(new Binding("", "a", List.of(Subject.user("ann")), RoleRef.clusterRole("x")));
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r")));
        put(new Role("", "r", List.of(READ_PODS)));
        assertThat(rbac.authorize(getPods(User.of("ann"), "ns"))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void aRoleBindingToAClusterRoleGivesNoPaths() {
        put(new Role("", "r", List.of(READ_HEALTH, READ_PODS)));
        put(new Binding("ns", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r")));
        var ann = User.of("ann");
        assertThat(rbac.authorize(new Attributes.PathAttributes(ann, "get", "/healthz")))
                .isEqualTo(Decision.NO_OPINION);
        assertThat(rbac.authorize(getPods(ann, "ns"))).isInstanceOf(Decision.Allow.class);
        assertThat(rbac.authorize(getPods(ann, ""))).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void aServiceAccountWithoutNamespaceInAClusterRoleBindingIsNobody() {
        put(new Role("", "r", List.of(READ_PODS)));
        put(new Binding("", "b", List.of(Subject.serviceAccount("", "robot")), RoleRef.clusterRole("r")));
        assertThat(rbac.authorize(getPods(User.of("system:serviceaccount::robot"), "ns")))
                .isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void subjectsHaveNoWildcardsAndGroupsAreNoUsers() {
        put(new Role("", "r", List.of(READ_PODS)));
        put(new Binding("", "b", List.of(Subject.user("*"), Subject.group("ann")), RoleRef.clusterRole("r")));
        assertThat(rbac.authorize(getPods(User.of("ann", "g"), ""))).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void aMalformedRoleGrantsNothingAndIsReported() {
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r")));
        putRaw(RbacKeys.Kind.CLUSTER_ROLE, "r", """
                {"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]},{"verbs":"*"}]}""");
        assertThat(rbac.authorize(getPods(User.of("ann"), "ns"))).isEqualTo(Decision.NO_OPINION);
        assertThat(problems)
                .containsExactly("/registry/rbac.authorization.k8s.io/clusterroles/r: rules[1].verbs: not a list");
        assertThat(index.malformed()).isEqualTo(1);
    }

    @Test
    void aMalformedBindingTakesBackWhatItGaveBefore() {
        put(new Role("", "r", List.of(READ_PODS)));
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r")));
        putRaw(RbacKeys.Kind.CLUSTER_ROLE_BINDING, "b", """
                {"roleRef":{"kind":"ClusterRole","name":"r"},"subjects":[{"kind":"User","name":"ann"},7]}""");
        assertThat(rbac.authorize(getPods(User.of("ann"), "ns"))).isEqualTo(Decision.NO_OPINION);
        assertThat(problems).hasSize(1).first().asString().endsWith("b: subjects[1]: not an object");
    }

    @Test
    void keysThatAreNotRbacsAreIgnored() {
        PolicyFeed.apply(
                index,
                feed.put(
                        Key.of("/registry/rbac.authorization.k8s.io/roles/too/many/parts"),
                        Trees.of(new Role("", "r", List.of()))));
        assertThat(problems).isEmpty();
    }

    @Test
    void rulesAreListedClusterWideOnesFirstAndUnmerged() {
        put(new Role("", "r", List.of(READ_PODS, READ_HEALTH)));
        put(new Role("ns", "s", List.of(READ_PODS)));
        put(new Binding("ns", "a", List.of(Subject.group("g")), RoleRef.role("s")));
        put(new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r")));
        put(new Binding("ns", "c", List.of(Subject.user("ann")), RoleRef.role("gone")));
        var pods = new RuleResolver.ResourceRule(List.of("get"), List.of(""), List.of("pods"), List.of());
        assertThat(rbac.rulesFor(User.of("ann", "g"), "ns"))
                .isEqualTo(new RuleResolver.Rules(
                        List.of(pods, pods),
                        List.of(new RuleResolver.PathRule(List.of("get"), List.of("/healthz"))),
                        false,
                        List.of("role.rbac.authorization.k8s.io \"gone\" not found")));
    }

    private void put(Role role) {
        PolicyFeed.apply(index, feed.put(role));
    }

    private void put(Binding binding) {
        PolicyFeed.apply(index, feed.put(binding));
    }

    private void putRaw(RbacKeys.Kind kind, String name, String json) {
        try {
            var tree = (ObjectNode) new ObjectMapper().readTree(json);
            PolicyFeed.apply(index, feed.put(new RbacKeys.Place(kind, "", name).key(), ApiObject.of(tree)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String reason(Attributes request) {
        return ((Decision.Allow) rbac.authorize(request)).grounds().text();
    }

    private static Attributes getPods(User user, String namespace) {
        return Attributes.ResourceAttributes.of(user, "get", namespace, "", "pods", "", "");
    }
}

package dev.muster.authz.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.strategy.WriteGuard.Attempt;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.PolicyFeed;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Subject;
import dev.muster.authz.rbac.Trees;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscalationGuardTest {

    private static final User ANN = User.of("ann", "dev");
    private static final User MASTER = User.of("root", "system:masters");
    private static final Rule GET_PODS = Rule.of(List.of("get"), List.of(""), List.of("pods"));
    private static final Rule READ_PODS = Rule.of(List.of("get", "list"), List.of(""), List.of("pods"));
    private static final Rule ANYTHING = Rule.of(List.of("*"), List.of("*"), List.of("*"));

    private final PolicyFeed feed = new PolicyFeed();
    private final RbacIndex index = new RbacIndex((key, why) -> {});
    private final RbacAuthorizer rbac = new RbacAuthorizer(index);
    private final EscalationGuard guard = new EscalationGuard(rbac, rbac, feed.cache());

    @Test
    void whoHoldsTheRulesMayGiveThem() {
        give("ns", READ_PODS);
        assertThatCode(() -> createRole(ANN, new Role("ns", "r", List.of(GET_PODS))))
                .doesNotThrowAnyException();
    }

    @Test
    void grantingBeyondOnesOwnRulesIsRefusedInKubernetesWords() {
        give("ns", GET_PODS);
        Rule secrets = new Rule(List.of("get"), List.of(""), List.of("secrets"), List.of("s"), List.of());
        Status refused = refusal(() -> createRole(ANN, new Role("ns", "r", List.of(READ_PODS, secrets))));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.reason()).isEqualTo("Forbidden");
        assertThat(refused.message())
                .isEqualTo("roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"ann\" (groups=[\"dev\"]) is "
                        + "attempting to grant RBAC permissions not currently held:\n"
                        + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\"]}\n"
                        + "{APIGroups:[\"\"], Resources:[\"secrets\"], ResourceNames:[\"s\"], Verbs:[\"get\"]}");
        assertThat(refused.details().orElseThrow().kind()).isEqualTo("roles");
        assertThat(refused.details().orElseThrow().name()).isEqualTo("r");
    }

    @Test
    void verbsOfOneResourceAreListedTogetherAndLinesAreSorted() {
        var wanted = List.of(
                Rule.of(List.of("watch", "get"), List.of("apps"), List.of("deployments")),
                Rule.ofPaths(List.of("get"), List.of("/metrics")),
                Rule.of(List.of("get"), List.of(""), List.of("pods")));
        Status refused = refusal(() -> create(ANN, RbacKeys.Kind.CLUSTER_ROLE, new Role("", "r", wanted)));
        assertThat(refused.message())
                .endsWith("not currently held:\n"
                        + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\"]}\n"
                        + "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"watch\" \"get\"]}\n"
                        + "{NonResourceURLs:[\"/metrics\"], Verbs:[\"get\"]}");
    }

    @Test
    void missingRolesOfTheCallerAreSaidAlong() {
        put(new Binding("", "gone", List.of(Subject.user("ann")), RoleRef.clusterRole("gone")));
        Status refused = refusal(() -> createRole(ANN, new Role("ns", "r", List.of(GET_PODS))));
        assertThat(refused.message())
                .endsWith("; resolution errors: [clusterroles.rbac.authorization.k8s.io \"gone\" not found]");
    }

    @Test
    void rulesOfANamespaceDoNotReachTheCluster() {
        give("ns", READ_PODS);
        assertThat(refusal(() -> create(ANN, RbacKeys.Kind.CLUSTER_ROLE, new Role("", "r", List.of(GET_PODS))))
                        .message())
                .startsWith("clusterroles.rbac.authorization.k8s.io \"r\" is forbidden: user \"ann\"");
        assertThat(refusal(() -> createRole(ANN, new Role("other", "r", List.of(GET_PODS))))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void mastersMayGiveAnything() {
        assertThatCode(() -> createRole(MASTER, new Role("ns", "r", List.of(ANYTHING))))
                .doesNotThrowAnyException();
        assertThatCode(() -> createBinding(MASTER, bindingTo("ns", RoleRef.clusterRole("gone"))))
                .doesNotThrowAnyException();
    }

    @Test
    void whoMayEscalateMayGiveAnything() {
        give("", new Rule(List.of("escalate"), List.of(RbacKeys.GROUP), List.of("roles"), List.of(), List.of()));
        assertThatCode(() -> createRole(ANN, new Role("ns", "r", List.of(ANYTHING))))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> create(ANN, RbacKeys.Kind.CLUSTER_ROLE, new Role("", "r", List.of(ANYTHING))))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void escalateLimitedToANameWorksOnUpdateAndNeverOnCreate() {
        give("", new Rule(List.of("escalate"), List.of(RbacKeys.GROUP), List.of("roles"), List.of("r"), List.of()));
        var role = new Role("ns", "r", List.of(ANYTHING));
        assertThat(refusal(() -> createRole(ANN, role)).code()).isEqualTo(403);
        var old = Trees.of(new Role("ns", "r", List.of()));
        assertThatCode(() -> update(ANN, RbacKeys.Kind.ROLE, Trees.of(role), old))
                .doesNotThrowAnyException();
    }

    @Test
    void aLabelOnlyChangeOfARoleWithUnheldRulesIsRefused() {
        var old = Trees.of(new Role("ns", "r", List.of(ANYTHING)));
        ObjectNode labelled = old.copyTree();
        labelled.withObject("metadata").putObject("labels").put("a", "b");
        assertThat(refusal(() -> update(ANN, RbacKeys.Kind.ROLE, ApiObject.of(labelled), old))
                        .message())
                .contains("not currently held");
    }

    @Test
    void aChangeOfFinalizersAndOwnersAloneIsNotChecked() {
        var old = Trees.of(new Role("ns", "r", List.of(ANYTHING)));
        ObjectNode released = old.copyTree();
        released.withObject("metadata").put("resourceVersion", "7").putArray("finalizers");
        released.withObject("metadata").putArray("ownerReferences").addObject().put("name", "o");
        assertThatCode(() -> update(ANN, RbacKeys.Kind.ROLE, ApiObject.of(released), old))
                .doesNotThrowAnyException();
        released.withObject("metadata").putObject("annotations").put("a", "b");
        assertThat(refusal(() -> update(ANN, RbacKeys.Kind.ROLE, ApiObject.of(released), old))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void aBindingNeedsTheRulesOfItsRole() {
        put(new Role("", "reader", List.of(READ_PODS)));
        assertThat(refusal(() -> createBinding(ANN, bindingTo("ns", RoleRef.clusterRole("reader"))))
                        .message())
                .startsWith("rolebindings.rbac.authorization.k8s.io \"b\" is forbidden: user \"ann\" "
                        + "(groups=[\"dev\"]) is attempting to grant RBAC permissions not currently held:\n");
        give("ns", READ_PODS);
        assertThatCode(() -> createBinding(ANN, bindingTo("ns", RoleRef.clusterRole("reader"))))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> createBinding(ANN, bindingTo("", RoleRef.clusterRole("reader"))))
                        .message())
                .startsWith("clusterrolebindings.rbac.authorization.k8s.io \"b\" is forbidden");
    }

    @Test
    void whoMayBindARoleNeedsNoneOfItsRulesNorTheRoleItself() {
        give(
                "ns",
                new Rule(List.of("bind"), List.of(RbacKeys.GROUP), List.of("clusterroles"), List.of("x"), List.of()));
        assertThatCode(() -> createBinding(ANN, bindingTo("ns", RoleRef.clusterRole("x"))))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> createBinding(ANN, bindingTo("ns", RoleRef.role("x"))))
                        .code())
                .isEqualTo(404);
        assertThat(refusal(() -> createBinding(ANN, bindingTo("", RoleRef.clusterRole("x"))))
                        .code())
                .isEqualTo(404);
    }

    @Test
    void aBindingToAMissingRoleIsNotFound() {
        Status refused = refusal(() -> createBinding(ANN, bindingTo("ns", RoleRef.clusterRole("x"))));
        assertThat(refused.code()).isEqualTo(404);
        assertThat(refused.message()).isEqualTo("clusterroles.rbac.authorization.k8s.io \"x\" not found");
    }

    @Test
    void aBindingToAnUnknownKindOfRoleIsRefused() {
        assertThat(refusal(() -> createBinding(ANN, bindingTo("ns", new RoleRef("Rolle", "x"))))
                        .message())
                .isEqualTo("unsupported role reference kind: \"Rolle\"");
        assertThat(refusal(() -> createBinding(ANN, bindingTo("", RoleRef.role("x"))))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void changingOnlySubjectsIsCheckedAgain() {
        put(new Role("", "reader", List.of(READ_PODS)));
        var old = bindingTo("ns", RoleRef.clusterRole("reader"));
        var more = new Binding("ns", "b", List.of(Subject.group("all")), old.role());
        assertThat(refusal(() -> update(ANN, RbacKeys.Kind.ROLE_BINDING, Trees.of(more), Trees.of(old)))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void anAggregationRuleNeedsFullAuthorityBeforeAndAfter() {
        give("", READ_PODS);
        ObjectNode tree = Trees.of(new Role("", "r", List.of())).copyTree();
        ApiObject plain = ApiObject.of(tree.deepCopy());
        tree.putObject("aggregationRule").putArray("clusterRoleSelectors").addObject();
        ApiObject gathering = ApiObject.of(tree);
        String sentence = "clusterroles.rbac.authorization.k8s.io \"r\" is forbidden: must have cluster-admin "
                + "privileges to use the aggregationRule";
        assertThat(refusal(() -> check(ANN, "create", RbacKeys.Kind.CLUSTER_ROLE, gathering, Optional.empty()))
                        .message())
                .isEqualTo(sentence);
        assertThat(refusal(() -> update(ANN, RbacKeys.Kind.CLUSTER_ROLE, plain, gathering))
                        .message())
                .isEqualTo(sentence);
        put(new Role("", "all", List.of(ANYTHING, Rule.ofPaths(List.of("*"), List.of("*")))));
        put(new Binding("", "all", List.of(Subject.user("ann")), RoleRef.clusterRole("all")));
        assertThatCode(() -> update(ANN, RbacKeys.Kind.CLUSTER_ROLE, plain, gathering))
                .doesNotThrowAnyException();
    }

    @Test
    void anEmptyListOfSelectorsIsNoAggregation() {
        ObjectNode tree = Trees.of(new Role("", "r", List.of())).copyTree();
        tree.putObject("aggregationRule").putArray("clusterRoleSelectors");
        assertThatCode(() -> check(ANN, "create", RbacKeys.Kind.CLUSTER_ROLE, ApiObject.of(tree), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRoleThatCannotBeReadIsRefused() {
        ObjectNode tree = Trees.of(new Role("ns", "r", List.of())).copyTree();
        tree.put("rules", "all");
        assertThat(refusal(() -> check(ANN, "create", RbacKeys.Kind.ROLE, ApiObject.of(tree), Optional.empty()))
                        .code())
                .isEqualTo(403);
    }

    @Test
    void deletingAndOtherKindsAreNoneOfItsBusiness() {
        var role = Trees.of(new Role("ns", "r", List.of(ANYTHING)));
        assertThatCode(() -> check(ANN, "delete", RbacKeys.Kind.ROLE, role, Optional.of(role)))
                .doesNotThrowAnyException();
        var elsewhere =
                new Attempt(ANN, "create", type("example.com", "roles", true), "ns", "", role, Optional.empty());
        assertThatCode(() -> guard.check(elsewhere)).doesNotThrowAnyException();
    }

    private void give(String namespace, Rule rule) {
        put(new Role("", "ann-has", List.of(rule)));
        put(new Binding(namespace, "ann-has", List.of(Subject.user("ann")), RoleRef.clusterRole("ann-has")));
    }

    private void put(Role role) {
        PolicyFeed.apply(index, feed.put(role));
    }

    private void put(Binding binding) {
        PolicyFeed.apply(index, feed.put(binding));
    }

    private static Binding bindingTo(String namespace, RoleRef ref) {
        return new Binding(namespace, "b", List.of(Subject.user("bob")), ref);
    }

    private void createRole(User user, Role role) {
        create(user, RbacKeys.Kind.ROLE, role);
    }

    private void create(User user, RbacKeys.Kind kind, Role role) {
        check(user, "create", kind, Trees.of(role), Optional.empty());
    }

    private void createBinding(User user, Binding binding) {
        var kind = binding.isClusterWide() ? RbacKeys.Kind.CLUSTER_ROLE_BINDING : RbacKeys.Kind.ROLE_BINDING;
        check(user, "create", kind, Trees.of(binding), Optional.empty());
    }

    private void update(User user, RbacKeys.Kind kind, ApiObject proposed, ApiObject old) {
        check(user, "update", kind, proposed, Optional.of(old));
    }

    private void check(User user, String verb, RbacKeys.Kind kind, ApiObject proposed, Optional<ApiObject> old) {
        var type = type(RbacKeys.GROUP, kind.resource(), kind.isNamespaced());
        String urlName = old.isPresent() ? proposed.name() : "";
        guard.check(new Attempt(user, verb, type, proposed.namespace(), urlName, proposed, old));
    }

    private static ResourceType type(String group, String plural, boolean namespaced) {
        return new ResourceType(
                new Gvk(group, "v1", "Kind"),
                plural,
                plural,
                namespaced,
                List.of(),
                List.of(),
                true,
                null,
                null,
                List.of(),
                List.of());
    }

    private static Status refusal(Runnable attempt) {
        StatusException refused = catchThrowableOfType(StatusException.class, attempt::run);
        assertThat(refused).as("a refusal").isNotNull();
        return refused.status();
    }
}

package dev.muster.authz.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.bootstrap.ReconcileReport.Operation;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.HeapObjects;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.RbacObjects.Result;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Subject;
import dev.muster.authz.rbac.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private static final Place ROLE = new Place(Kind.CLUSTER_ROLE, "", "r");
    private static final Place BINDING = new Place(Kind.CLUSTER_ROLE_BINDING, "", "b");
    private static final Rule GET_PODS = Rule.of(List.of("get"), List.of(""), List.of("pods"));
    private static final Rule LIST_PODS = Rule.of(List.of("list"), List.of(""), List.of("pods"));
    private static final Rule READ_PODS = Rule.of(List.of("get", "list"), List.of(""), List.of("pods"));
    private static final Rule SECRETS = Rule.of(List.of("get"), List.of(""), List.of("secrets"));

    private final HeapObjects objects = new HeapObjects();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Reconciler reconciler = new Reconciler(objects, threads);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void whatIsAbsentIsMadeAndTheNextStartWritesNothing() throws InterruptedException {
        var all = DefaultPolicy.all(Optional.of("root"));
        assertThat(reconciler.reconcile(all).with(Operation.CREATED)).hasSize(all.size());
        assertThat(objects.writes).hasSize(all.size());
        objects.writes.clear();
        assertThat(reconciler.reconcile(all).with(Operation.NONE)).hasSize(all.size());
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void aRuleTakenAwayComesBackAndOneAddedStays() throws InterruptedException {
        objects.put(ROLE, role(SECRETS, GET_PODS));
        assertThat(run(Desired.atLeast(ROLE, role(READ_PODS)))).isEqualTo(Operation.UPDATED);
        assertThat(rules()).containsExactly(SECRETS, GET_PODS, LIST_PODS);
    }

    @Test
    void rulesThatCoverTheDefaultsAreLeftAsTheyAre() throws InterruptedException {
        objects.put(ROLE, role(Rule.of(List.of("*"), List.of("*"), List.of("*"))));
        assertThat(run(Desired.atLeast(ROLE, role(READ_PODS)))).isEqualTo(Operation.NONE);
    }

    @Test
    void autoupdateFalseKeepsAnObjectAsItIs() throws InterruptedException {
        objects.put(ROLE, changed(role(), tree -> annotate(tree, "false")));
        objects.put(BINDING, changed(binding("r"), tree -> annotate(tree, "false")));
        assertThat(run(Desired.atLeast(ROLE, role(READ_PODS)))).isEqualTo(Operation.PROTECTED);
        assertThat(run(Desired.atLeast(BINDING, binding("other", Subject.user("ann")))))
                .isEqualTo(Operation.PROTECTED);
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void labelsAndAnnotationsAreMergedAndThoseThereWin() throws InterruptedException {
        objects.put(
                ROLE,
                changed(
                        role(),
                        tree -> tree.withObject("metadata")
                                .putObject("labels")
                                .put("a", "mine")
                                .put("own", "x")));
        ApiObject wanted = changed(
                role(),
                tree -> tree.withObject("metadata")
                        .putObject("labels")
                        .put("a", "theirs")
                        .put("b", "theirs"));
        assertThat(run(Desired.atLeast(ROLE, wanted))).isEqualTo(Operation.UPDATED);
        assertThat(objects.get(ROLE).orElseThrow().labels())
                .containsOnly(Map.entry("a", "mine"), Map.entry("own", "x"), Map.entry("b", "theirs"));
    }

    @Test
    void subjectsAreAddedAndNeverTakenAway() throws InterruptedException {
        objects.put(BINDING, binding("r", Subject.user("own")));
        assertThat(run(Desired.atLeast(BINDING, binding("r", Subject.user("ann"), Subject.user("own")))))
                .isEqualTo(Operation.UPDATED);
        assertThat(subjects()).containsExactly(Subject.user("own"), Subject.user("ann"));
    }

    @Test
    void anExactBindingLosesWhatWasAddedProtectedOrNot() throws InterruptedException {
        objects.put(
                BINDING,
                changed(binding("r", Subject.user("old"), Subject.user("ann")), tree -> annotate(tree, "false")));
        assertThat(run(Desired.exactly(BINDING, binding("r", Subject.user("ann")))))
                .isEqualTo(Operation.UPDATED);
        assertThat(subjects()).containsExactly(Subject.user("ann"));
        assertThat(run(Desired.nothing(BINDING))).isEqualTo(Operation.DELETED);
        assertThat(run(Desired.nothing(BINDING))).isEqualTo(Operation.NONE);
    }

    @Test
    void aBindingOfAnotherRoleIsDeletedAndMadeAgain() throws InterruptedException {
        objects.put(BINDING, binding("other", Subject.user("own")));
        assertThat(run(Desired.atLeast(BINDING, binding("r", Subject.user("ann")))))
                .isEqualTo(Operation.RECREATED);
        assertThat(subjects()).containsExactly(Subject.user("ann"));
        assertThat(objects.writes).containsExactly("delete clusterrolebindings b", "create clusterrolebindings b");
    }

    @Test
    void anAggregatedRoleKeepsTheRulesItGathered() throws InterruptedException {
        ApiObject wanted = aggregated("x");
        objects.put(
                ROLE,
                changed(
                        wanted,
                        tree -> tree.set(
                                "rules", role(SECRETS).tree().path("rules").deepCopy())));
        assertThat(run(Desired.atLeast(ROLE, wanted))).isEqualTo(Operation.NONE);
    }

    @Test
    void aSelectorIsAddedToAnAggregationAndAnUnexpectedAggregationEnds() throws InterruptedException {
        objects.put(ROLE, aggregated("own"));
        assertThat(run(Desired.atLeast(ROLE, aggregated("x")))).isEqualTo(Operation.UPDATED);
        assertThat(objects.get(ROLE)
                        .orElseThrow()
                        .tree()
                        .path("aggregationRule")
                        .path("clusterRoleSelectors"))
                .hasSize(2);
        assertThat(run(Desired.atLeast(ROLE, role(GET_PODS)))).isEqualTo(Operation.UPDATED);
        assertThat(objects.get(ROLE).orElseThrow().tree().has("aggregationRule"))
                .isFalse();
        assertThat(rules()).containsExactly(GET_PODS);
    }

    @Test
    void aStoredRoleThatCannotBeReadGetsTheDefaults() throws InterruptedException {
        objects.put(ROLE, changed(role(), tree -> tree.put("rules", "none")));
        assertThat(run(Desired.atLeast(ROLE, role(GET_PODS)))).isEqualTo(Operation.UPDATED);
        assertThat(rules()).containsExactly(GET_PODS);
    }

    @Test
    void whoeverIsQuickerIsLookedAtAgain() throws InterruptedException {
        objects.put(ROLE, role());
        objects.next.addAll(List.of(Result.CONFLICT, Result.MISSING));
        assertThat(run(Desired.atLeast(ROLE, role(GET_PODS)))).isEqualTo(Operation.UPDATED);
        objects.next.add(Result.EXISTS);
        assertThat(run(Desired.atLeast(BINDING, binding("r")))).isEqualTo(Operation.CREATED);
    }

    @Test
    void whatKeepsChangingIsGivenUpAndReported() throws InterruptedException {
        objects.put(ROLE, role());
        for (int i = 0; i < 100; i++) {
            objects.next.add(Result.CONFLICT);
        }
        assertThat(run(Desired.atLeast(ROLE, role(GET_PODS)))).isEqualTo(Operation.FAILED);
    }

    @Test
    void afterAFailureThereAreMoreRoundsUntilTheTimeIsUp() throws InterruptedException {
        var all = List.of(Desired.atLeast(ROLE, role(GET_PODS)));
        objects.next.add(new Result.Failed("disk"));
        assertThat(reconciler.reconcileWithin(Duration.ZERO, all).failed())
                .extracting(ReconcileReport.Entry::why)
                .containsExactly("disk");
        objects.next.add(new Result.Failed("disk"));
        assertThat(reconciler.reconcileWithin(Duration.ofSeconds(1), all).entries())
                .extracting(ReconcileReport.Entry::operation)
                .containsExactly(Operation.CREATED);
    }

    @Test
    void aLineOfThePolicyThatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> PolicyText.read("clusterrole a\n  get on pods of core\n"))
                .hasMessage("line 2 of the policy:   get on pods of core");
        assertThatThrownBy(() -> PolicyText.read("clusterrole a\nclusterrole a\n"))
                .hasMessageStartingWith("twice in the policy");
    }

    private Operation run(Desired desired) throws InterruptedException {
        return reconciler.reconcile(List.of(desired)).entries().getFirst().operation();
    }

    private List<Rule> rules() {
        return RbacReader.rules(objects.get(ROLE).orElseThrow(), why -> {
            throw new AssertionError(why);
        });
    }

    private List<Subject> subjects() {
        return RbacReader.binding(BINDING, objects.get(BINDING).orElseThrow(), why -> {
                    throw new AssertionError(why);
                })
                .subjects();
    }

    private static ApiObject role(Rule... rules) {
        return Trees.of(new Role("", "r", List.of(rules)));
    }

    private static ApiObject binding(String role, Subject... subjects) {
        return Trees.of(new Binding("", "b", List.of(subjects), RoleRef.clusterRole(role)));
    }

    private static ApiObject aggregated(String label) {
        return changed(
                role(),
                tree -> tree.putObject("aggregationRule")
                        .putArray("clusterRoleSelectors")
                        .addObject()
                        .putObject("matchLabels")
                        .put(label, "true"));
    }

    private static ApiObject changed(ApiObject object, Consumer<ObjectNode> change) {
        ObjectNode tree = object.copyTree();
        change.accept(tree);
        return ApiObject.of(tree);
    }

    private static void annotate(ObjectNode tree, String value) {
        tree.withObject("metadata").putObject("annotations").put(Reconciliation.AUTO_UPDATE, value);
    }
}

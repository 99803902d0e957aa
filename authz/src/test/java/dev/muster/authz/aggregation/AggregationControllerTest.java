package dev.muster.authz.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.HeapObjects;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.RbacObjects.Result;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Trees;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AggregationControllerTest {

    private static final Rule PODS = Rule.of(List.of("get"), List.of(""), List.of("pods"));
    private static final Rule SECRETS = Rule.of(List.of("get"), List.of(""), List.of("secrets"));
    private static final Rule NODES = Rule.of(List.of("get"), List.of(""), List.of("nodes"));

    private final HeapObjects objects = new HeapObjects();
    private final AggregationController controller = new AggregationController(objects);

    AggregationControllerTest() {
        objects.follow(controller);
    }

    @Test
    void rulesOfMatchingRolesAreGatheredByNameAndEachOnce() {
        put("b", "x", "", SECRETS, PODS);
        put("a", "x", "", PODS);
        put("c", "y", "", NODES);
        put("all", "", "x");
        assertThat(controller.round()).isTrue();
        assertThat(rules("all")).containsExactly(PODS, SECRETS);
    }

    @Test
    void nothingIsWrittenWhenAllIsAsItShouldBe() {
        put("a", "x", "", PODS, SECRETS);
        put("all", "", "x", SECRETS, PODS);
        put("none", "", "nobody");
        assertThat(controller.round()).isTrue();
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void chainsAreFollowedInOneGo() {
        put("z", "to-view", "", PODS);
        put("view", "to-edit", "to-view");
        put("edit", "to-admin", "to-edit");
        put("admin", "", "to-admin");
        assertThat(controller.round()).isTrue();
        assertThat(rules("admin")).containsExactly(PODS);
        assertThat(objects.writes)
                .containsExactlyInAnyOrder(
                        "update clusterroles view", "update clusterroles edit", "update clusterroles admin");
        objects.writes.clear();
        assertThat(controller.round()).isTrue();
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void aRoleThatMatchesItselfDoesNotGatherItself() {
        put("all", "x", "x", SECRETS);
        put("a", "x", "", PODS);
        assertThat(controller.round()).isTrue();
        assertThat(rules("all")).containsExactly(PODS);
    }

    @Test
    void whenNothingMatchesAnyMoreTheRulesAreNull() {
        put("a", "x", "", PODS);
        put("all", "", "x");
        controller.round();
        objects.remove(place("a"));
        assertThat(controller.round()).isTrue();
        assertThat(objects.get(place("all")).orElseThrow().tree().get("rules").isNull())
                .isTrue();
    }

    @Test
    void rolesThatGatherEachOtherComeToRest() {
        put("a", "x", "y", PODS);
        put("b", "y", "x", SECRETS);
        put("c", "x", "", NODES);
        put("d", "y", "", Rule.ofPaths(List.of("get"), List.of("/d")));
        for (int i = 0; i < 10; i++) {
            controller.round();
        }
        objects.writes.clear();
        controller.round();
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void aSelectorThatCannotBeReadHoldsUpNoOtherRole() {
        ObjectNode broken = Trees.of(new Role("", "broken", List.of(SECRETS))).copyTree();
        broken.putObject("aggregationRule")
                .putArray("clusterRoleSelectors")
                .addObject()
                .putArray("matchExpressions")
                .addObject()
                .put("key", "a")
                .put("operator", "Perhaps");
        objects.put(place("broken"), ApiObject.of(broken));
        put("a", "x", "", PODS);
        put("all", "", "x");
        assertThat(controller.round()).isTrue();
        assertThat(rules("all")).containsExactly(PODS);
        assertThat(rules("broken")).containsExactly(SECRETS);
    }

    @Test
    void whatCouldNotBeWrittenIsSaidSoThatItIsTriedAgain() {
        put("a", "x", "", PODS);
        put("all", "", "x");
        put("other", "", "x");
        objects.next.add(Result.CONFLICT);
        assertThat(controller.round()).isFalse();
        assertThat(rules("other")).containsExactly(PODS);
        objects.next.add(new Result.Failed("disk"));
        assertThat(controller.round()).isFalse();
        assertThat(controller.round()).isTrue();
        assertThat(rules("all")).containsExactly(PODS);
    }

    @Test
    void anEmptySelectorGathersEverything() {
        ObjectNode all = Trees.of(new Role("", "all", List.of())).copyTree();
        all.putObject("aggregationRule").putArray("clusterRoleSelectors").addObject();
        objects.put(place("all"), ApiObject.of(all));
        put("a", "", "", PODS);
        assertThat(controller.round()).isTrue();
        assertThat(rules("all")).containsExactly(PODS);
    }

    @Test
    void itFollowsTheCacheOnItsOwnAndComesBackToWhatFailed() throws InterruptedException {
        put("all", "", "x");
        objects.next.addAll(List.of(Result.CONFLICT, new Result.Failed("disk"), Result.CONFLICT));
        var running = new AggregationController(objects);
        running.start(objects.cache());
        put("a", "x", "", PODS);
        waitFor(() -> rules("all").equals(List.of(PODS)));
        put("b", "x", "", SECRETS);
        waitFor(() -> rules("all").equals(List.of(PODS, SECRETS)));
        running.close();
        objects.remove(place("b"));
        Thread.sleep(50);
        assertThat(rules("all")).containsExactly(PODS, SECRETS);
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).as("within ten seconds").isTrue();
    }

    private void put(String name, String label, String gathers, Rule... rules) {
        ObjectNode tree = Trees.of(new Role("", name, List.of(rules))).copyTree();
        Stream.of(label)
                .filter(l -> !l.isEmpty())
                .forEach(l -> tree.withObject("metadata").putObject("labels").put(l, "true"));
        Stream.of(gathers)
                .filter(g -> !g.isEmpty())
                .forEach(g -> tree.putObject("aggregationRule")
                        .putArray("clusterRoleSelectors")
                        .addObject()
                        .putObject("matchLabels")
                        .put(g, "true"));
        objects.put(place(name), ApiObject.of(tree));
    }

    private List<Rule> rules(String name) {
        return RbacReader.rules(objects.get(place(name)).orElseThrow(), why -> {
            throw new AssertionError(why);
        });
    }

    private static Place place(String name) {
        return new Place(Kind.CLUSTER_ROLE, "", name);
    }
}

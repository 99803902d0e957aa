package dev.muster.bench.rbac;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is measured once and not per decision: building the index, a change until it is in force, memory. */
public final class RbacFigures {

    private static final int BINDINGS = 100_000;
    private static final int ROUNDS = 200;

    private final RbacIndex index = new RbacIndex((key, why) -> {
        throw new IllegalStateException(key + ": " + why);
    });
    private final RbacAuthorizer rbac = new RbacAuthorizer(index);

    private RbacFigures() {}

    public static void main(String[] arguments) {
        new RbacFigures().run();
    }

    private void run() {
        var population = new Population();
        population.addOthers(BINDINGS);
        Cache.Snapshot<ApiObject> all = population.snapshot();
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            index.reset(all);
            say("index of 100,000 bindings built in %d ms", (System.nanoTime() - start) / 1_000_000);
        }
        index.reset(new Cache.Snapshot<>(List.of(), Revision.NONE));
        long before = used();
        index.reset(all);
        say("bytes per binding beside the stored object: %d", (used() - before) / BINDINGS);
        User member = User.of("x", "oidc:others-3");
        var asked = ResourceAttributes.of(member, "get", "ns-31", "", "widgets", "", "");
        var plain = Population.role("view-others", 25, 0);
        var wider = Population.role("view-others", 25, 0, "widgets");
        measure("a role bound 100,000 times, changed", asked, plain.key(), wider, Optional.of(plain));
        index.reset(all);
        var binding = Population.binding("ns-31", "new", "widgets", "oidc:others-3");
        apply(Optional.of(widgets()), widgets().key());
        measure("a binding among 100,000, made and deleted", asked, binding.key(), binding, Optional.empty());
    }

    /** Applies a change and its undoing in turn, and times each until the decision follows. */
    private void measure(
            String what,
            ResourceAttributes asked,
            Key key,
            Cache.Cached<ApiObject> change,
            Optional<Cache.Cached<ApiObject>> undone) {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            boolean on = i % 2 == 0;
            long start = System.nanoTime();
            apply(on ? Optional.of(change) : undone, key);
            while (rbac.authorize(asked) instanceof Decision.Allow != on) {
                Thread.onSpinWait();
            }
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        say(
                "%s: in force after %.3f ms (median), %.3f ms (worst of %d)",
                what, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6, ROUNDS);
    }

    private void apply(Optional<Cache.Cached<ApiObject>> now, Key key) {
        index.apply(List.of(new OneChange(key, now, Optional.empty(), Revision.of(2))), Revision.of(2));
    }

    private static Cache.Cached<ApiObject> widgets() {
        return Population.role("widgets", 0, 0, "widgets");
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(format, values));
    }

    private record OneChange(
            Key key, Optional<Cache.Cached<ApiObject>> now, Optional<Cache.Cached<ApiObject>> before, Revision revision)
            implements Cache.Change<ApiObject> {
        @Override
        public <R> R derived(Cache.Slot<R> slot, Function<Cache.Change<ApiObject>, R> compute) {
            return compute.apply(this);
        }
    }
}

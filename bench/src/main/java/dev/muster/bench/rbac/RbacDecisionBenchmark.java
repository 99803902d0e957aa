package dev.muster.bench.rbac;

import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One decision for callers in 200 groups who hold 5,000 rules, among few or many bindings of others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(2)
public class RbacDecisionBenchmark {

    /** How many people ask in turn: one stays in the processor's caches, twenty do not. */
    @Param({"1", "20"})
    public int callers;

    @Param({"10", "100000"})
    public int bindings;

    @Param({"ROLES", "SINGLE_RULES", "EVERYWHERE"})
    public String shape;

    private RbacAuthorizer rbac;
    private ResourceAttributes[] refused;
    private ResourceAttributes[] allowed;
    private int next;

    @Setup
    public void fill() {
        var population = new Population();
        Population.Shape how = Population.Shape.valueOf(shape);
        for (int caller = 0; caller < callers; caller++) {
            population.addCaller(caller, how);
        }
        if (how == Population.Shape.EVERYWHERE) {
            population.addOthers(10);
            for (int caller = 0; caller < callers; caller++) {
                population.addElsewhere(caller, bindings / callers);
            }
        } else {
            population.addOthers(bindings);
        }
        var index = new RbacIndex((key, why) -> {
            throw new IllegalStateException(key + ": " + why);
        });
        index.reset(population.snapshot());
        rbac = new RbacAuthorizer(index);
        refused = requests("nodes", "");
        allowed = requests("things0", "");
    }

    private ResourceAttributes[] requests(String resource, String group) {
        return IntStream.range(0, callers)
                .mapToObj(caller -> {
                    User user = Population.caller(caller);
                    return ResourceAttributes.of(user, "get", "ns-" + caller, group, resource, "", "x");
                })
                .toArray(ResourceAttributes[]::new);
    }

    /** Nothing allows it: everything the caller holds is looked at. */
    @Benchmark
    public Decision refused() {
        return rbac.authorize(refused[turn()]);
    }

    /** Something allows it: looking stops there. */
    @Benchmark
    public Decision allowed() {
        return rbac.authorize(allowed[turn()]);
    }

    /** The same, and the reason is read. */
    @Benchmark
    public String explained() {
        return ((Decision.Allow) rbac.authorize(allowed[turn()])).grounds().text();
    }

    /** Some ten microseconds of plain arithmetic: what of the high percentiles is the machine's and not ours. */
    @Benchmark
    public void control() {
        Blackhole.consumeCPU(4_000);
    }

    private int turn() {
        next = next + 1 == callers ? 0 : next + 1;
        return next;
    }
}

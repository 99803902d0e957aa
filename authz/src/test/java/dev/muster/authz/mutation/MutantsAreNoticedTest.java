package dev.muster.authz.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.PolicyComparison;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.authz.rbac.index.StringMapComparison;
import dev.muster.authz.rbac.naive.NaiveRbac;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The comparison of index and naive evaluator is only worth something if it notices faults. Every condition of both is turned
 * round and every boolean answer negated, one at a time; the comparison must fail each time.
 */
class MutantsAreNoticedTest {

    private static final String ROOM = "dev.muster.authz.rbac";

    /** Faults that change no answer, each with its reason. Whoever changes the code looks here again. */
    private static final Map<String, String> EQUIVALENT =
            Map.of("Grants.ofLocal 0", "few or many is a matter of form, and both are asked alike");

    @Test
    void everyFaultInTheIndexOrTheNaiveEvaluatorIsNoticed() throws Exception {
        List<Mutant> all = new ArrayList<>();
        for (Class<?> member : List.of(RbacIndex.class, NaiveRbac.class)) {
            for (String type : typesBeside(member)) {
                all.addAll(Mutator.mutants(type, MutantLoader.bytesOf(type)));
            }
        }
        assertThat(all).as("places for faults").hasSizeGreaterThan(100);
        var survivors = new TreeSet<String>();
        for (Mutant mutant : all) {
            if (survives(mutant)) {
                survivors.add(mutant.id());
            }
        }
        assertThat(survivors).as("of %s", all.size()).isEqualTo(new TreeSet<>(EQUIVALENT.keySet()));
    }

    @Test
    void withoutAFaultTheSameComparisonPasses() throws Exception {
        String type = NaiveRbac.class.getName();
        assertThat(passes(new MutantLoader(ROOM, type, MutantLoader.bytesOf(type)), 20))
                .isTrue();
    }

    private static boolean survives(Mutant mutant) throws ReflectiveOperationException {
        byte[] faulty = Mutator.apply(mutant, MutantLoader.bytesOf(mutant.type()));
        // Most are noticed at once; a longer look is for the rest.
        var loader = new MutantLoader(ROOM, mutant.type(), faulty);
        return passes(loader, 3) && passes(loader, 60);
    }

    private static boolean passes(MutantLoader loader, int histories) throws ReflectiveOperationException {
        StepBudget.refill();
        MethodHandle policies = find(loader, PolicyComparison.class, long.class, int.class, int.class, int.class);
        MethodHandle maps = find(loader, StringMapComparison.class, long.class, int.class, int.class);
        try {
            maps.invoke(1L, 100, 12);
            policies.invoke(1L, histories, 25, 30);
            return true;
        } catch (Throwable noticed) {
            return false;
        }
    }

    private static MethodHandle find(MutantLoader loader, Class<?> type, Class<?>... parameters)
            throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(loader.loadClass(type.getName()), "run", MethodType.methodType(void.class, parameters));
    }

    /** All classes of the package, nested ones too. */
    private static List<String> typesBeside(Class<?> member) throws IOException, URISyntaxException {
        URI place = member.getResource(member.getSimpleName() + ".class").toURI();
        try (Stream<Path> files = Files.list(Path.of(place).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> member.getPackageName() + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }
}

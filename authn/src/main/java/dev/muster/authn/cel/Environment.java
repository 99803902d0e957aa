package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.NULL_TYPE;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kubernetes' CEL environment for authentication. Making it takes a third of a second, so it is made once and when it is needed. */
final class Environment {

    /** Characters of an expression. */
    static final int LONGEST = 16_384;

    /** Turns of all loops of an expression together: {@link Budget} ends them before, and its end nothing swallows. */
    static final int ITERATIONS = 1_000_000;

    private static final int DEEPEST = 200;

    private static final Set<Function> STRINGS = Set.of(
            Function.CHAR_AT,
            Function.LOWER_ASCII,
            Function.QUOTE,
            Function.SPLIT,
            Function.SUBSTRING,
            Function.TRIM,
            Function.UPPER_ASCII);

    private static final Set<CelListsExtensions.Function> LISTS = Set.of(
            CelListsExtensions.Function.SLICE,
            CelListsExtensions.Function.FLATTEN,
            CelListsExtensions.Function.DISTINCT,
            CelListsExtensions.Function.REVERSE,
            CelListsExtensions.Function.SORT,
            CelListsExtensions.Function.SORT_BY);

    /** Of the standard functions, those that are ours here. */
    private static final Set<String> OURS = Set.of("DOUBLE_TO_STRING", "MATCHES", "MATCHES_STRING", "CONTAINS_STRING");

    // The validator that is to be used for mixed literals instead is in another library, and runs after the compiler.
    @SuppressWarnings("deprecation")
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(ITERATIONS)
            .enableHomogeneousLiterals(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableOptionalSyntax(true)
            .build();

    private static final Map<String, CelType> USER = Map.of(
            "username",
            STRING,
            "uid",
            STRING,
            "groups",
            ListType.create(STRING),
            "extra",
            MapType.create(STRING, ListType.create(STRING)));

    private static final StructType USER_INFO = StructType.create(
            "kubernetes.UserInfo", ImmutableSet.copyOf(USER.keySet()), field -> Optional.ofNullable(USER.get(field)));

    /** Made with the first expression. */
    private static final class Holder {
        private static final Environment ONLY = new Environment();
    }

    private final CelCompiler claims;
    private final CelCompiler user;
    private final CelRuntime runtime;

    private Environment() {
        var overloads = new ArrayList<Overload>();
        overloads.addAll(TextFunctions.all());
        overloads.addAll(Positions.all());
        overloads.addAll(ListFunctions.all());
        overloads.addAll(UrlFunctions.all());
        overloads.addAll(NetworkFunctions.all());
        claims = compiler("claims", MapType.create(STRING, DYN), overloads);
        user = compiler("user", USER_INFO, overloads);
        runtime = runtime(overloads);
    }

    static Environment get() {
        return Holder.ONLY;
    }

    CelCompiler compiler(String variable) {
        return variable.equals("user") ? user : claims;
    }

    CelRuntime runtime() {
        return runtime;
    }

    private static CelCompiler compiler(String variable, CelType type, List<Overload> overloads) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types())
                .addVar(variable, type)
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.lists(LISTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                .addFunctionDeclarations(Overload.declarations(overloads))
                .build();
    }

    private static CelRuntime runtime(List<Overload> overloads) {
        var bindings = new ArrayList<CelFunctionBinding>();
        overloads.forEach(overload -> bindings.add(overload.binding()));
        bindings.add(CelFunctionBinding.from("double_to_string", Double.class, GoDouble::text));
        bindings.add(CelFunctionBinding.from("matches", String.class, String.class, TextFunctions::matches));
        bindings.add(CelFunctionBinding.from("matches_string", String.class, String.class, TextFunctions::matches));
        bindings.add(CelFunctionBinding.from("contains_string", String.class, String.class, TextFunctions::contains));
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .filterFunctions((function, overload) -> !OURS.contains(overload.toString()))
                        .build())
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.lists(LISTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                .addFunctionBindings(bindings)
                .build();
    }

    private static CelTypeProvider types() {
        List<CelType> known = List.of(USER_INFO, UrlFunctions.URL, NetworkFunctions.IP, NetworkFunctions.CIDR);
        return new CelTypeProvider() {
            @Override
            public ImmutableList<CelType> types() {
                return ImmutableList.copyOf(known);
            }

            @Override
            public Optional<CelType> findType(String name) {
                return known.stream().filter(type -> type.name().equals(name)).findFirst();
            }
        };
    }

    /** Whether something of that type may be what is wanted. */
    static boolean fits(CelType type, Wanted wanted) {
        return switch (wanted) {
            case BOOL -> type.equals(BOOL);
            case STRING -> type.equals(STRING) || type.equals(DYN);
            case STRINGS ->
                type.equals(STRING)
                        || type.equals(DYN)
                        || type.equals(NULL_TYPE)
                        || type instanceof ListType list && (element(list).equals(STRING) || !concrete(element(list)));
        };
    }

    private static CelType element(ListType list) {
        return list.hasElemType() ? list.elemType() : DYN;
    }

    /** Whether an element of that type is known to be no string. */
    private static boolean concrete(CelType type) {
        return switch (type.kind()) {
            case DYN, ANY, TYPE_PARAM -> false;
            default -> true;
        };
    }
}

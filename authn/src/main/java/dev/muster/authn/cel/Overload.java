package dev.muster.authn.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A function of ours: how it is called, and what it does. */
record Overload(String function, CelOverloadDecl declared, CelFunctionBinding binding) {

    /** {@code f(a)}. */
    static <A> Overload global(
            String function, String id, CelType result, CelType argument, Class<A> type, Function<A, Object> does) {
        return new Overload(
                function,
                CelOverloadDecl.newGlobalOverload(id, result, argument),
                CelFunctionBinding.from(id, type, does::apply));
    }

    /** {@code a.f()}. */
    static <A> Overload member(
            String function, String id, CelType result, CelType target, Class<A> type, Function<A, Object> does) {
        return new Overload(
                function,
                CelOverloadDecl.newMemberOverload(id, result, target),
                CelFunctionBinding.from(id, type, does::apply));
    }

    /** {@code a.f(b)}: the types are those of a and b. */
    static <A, B> Overload member(
            String function,
            String id,
            CelType result,
            List<CelType> arguments,
            Arguments<A, B> types,
            BiFunction<A, B, Object> does) {
        return new Overload(
                function,
                CelOverloadDecl.newMemberOverload(id, result, arguments),
                CelFunctionBinding.from(id, types.first(), types.second(), does::apply));
    }

    /** {@code a.f(b, c)} and longer. */
    static Overload member(
            String function,
            String id,
            CelType result,
            List<CelType> arguments,
            List<Class<?>> types,
            Function<Object[], Object> does) {
        return new Overload(
                function,
                CelOverloadDecl.newMemberOverload(id, result, arguments),
                CelFunctionBinding.from(id, types, does::apply));
    }

    /** The classes of two arguments. */
    record Arguments<A, B>(Class<A> first, Class<B> second) {}

    /** All declarations of a function together, as the compiler wants them. */
    static List<CelFunctionDecl> declarations(List<Overload> overloads) {
        Map<String, CelFunctionDecl> functions = new LinkedHashMap<>();
        for (Overload overload : overloads) {
            functions.merge(
                    overload.function,
                    CelFunctionDecl.newFunctionDeclaration(overload.function, overload.declared),
                    (a, b) -> CelFunctionDecl.newFunctionDeclaration(a.name(), both(a, b)));
        }
        return List.copyOf(functions.values());
    }

    private static CelOverloadDecl[] both(CelFunctionDecl a, CelFunctionDecl b) {
        var first = a.overloads().toArray(CelOverloadDecl[]::new);
        var second = b.overloads().toArray(CelOverloadDecl[]::new);
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

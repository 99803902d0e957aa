package dev.muster.authn.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is written in an expression. */
final class Tree {

    private static final String OPTIONAL = "_?._";
    private static final Set<String> WITH_PATTERN = Set.of("matches", "find", "findAll");

    private final List<CelExpr> parts = new ArrayList<>();

    Tree(CelExpr root) {
        var open = new ArrayDeque<CelExpr>();
        open.add(root);
        while (!open.isEmpty()) {
            CelExpr part = open.poll();
            parts.add(part);
            open.addAll(children(part));
        }
    }

    private static List<CelExpr> children(CelExpr part) {
        var children = new ArrayList<CelExpr>();
        switch (part.getKind()) {
            case SELECT -> children.add(part.select().operand());
            case CALL -> {
                part.call().target().ifPresent(children::add);
                children.addAll(part.call().args());
            }
            case LIST -> children.addAll(part.list().elements());
            case MAP ->
                part.map().entries().forEach(entry -> {
                    children.add(entry.key());
                    children.add(entry.value());
                });
            case STRUCT -> part.struct().entries().forEach(entry -> children.add(entry.value()));
            case COMPREHENSION -> {
                var loop = part.comprehension();
                children.addAll(List.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result()));
            }
            default -> {
                // nothing below
            }
        }
        return children;
    }

    /** Whether a field of a variable is selected: {@code v.f}, {@code v.?f}; {@code v["f"]} is not looked for. */
    boolean selects(String variable, String field) {
        return parts.stream().anyMatch(part -> switch (part.getKind()) {
            case SELECT ->
                isVariable(part.select().operand(), variable)
                        && part.select().field().equals(field);
            case CALL ->
                part.call().function().equals(OPTIONAL)
                        && part.call().args().size() == 2
                        && isVariable(part.call().args().get(0), variable)
                        && constant(part.call().args().get(1)).equals(Optional.of(field));
            default -> false;
        });
    }

    private static boolean isVariable(CelExpr part, String variable) {
        return part.getKind() == CelExpr.ExprKind.Kind.IDENT
                && part.ident().name().equals(variable);
    }

    private static Optional<String> constant(CelExpr part) {
        return part.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && part.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(part.constant().stringValue())
                : Optional.empty();
    }

    /** The regular expressions that are written out. */
    List<String> patterns() {
        return parts.stream()
                .filter(part -> part.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(CelExpr::call)
                .filter(call -> WITH_PATTERN.contains(call.function()))
                .flatMap(call -> call.args().stream()
                        .skip(call.target().isPresent() ? 0 : 1)
                        .limit(1))
                .flatMap(argument -> constant(argument).stream())
                .toList();
    }
}

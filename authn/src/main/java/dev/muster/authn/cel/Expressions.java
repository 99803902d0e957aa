package dev.muster.authn.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import java.util.Map;

/**
 * Compiles expressions: of {@code claims}, a map of strings to whatever JSON holds, and of {@code user}, with {@code username},
 * {@code uid}, {@code groups} and {@code extra}. The first one takes about a second of a cold process.
 */
public final class Expressions {

    private static final String CLAIMS = "claims";
    private static final String USER = "user";

    private Expressions() {}

    /** Compiles an expression of {@code claims}. */
    public static Expression ofClaims(String text, Wanted wanted) throws RefusedExpression {
        return compile(text, CLAIMS, wanted, Input.ofClaims(Map.of()));
    }

    /** Compiles an expression of {@code user}. */
    public static Expression ofUser(String text, Wanted wanted) throws RefusedExpression {
        return compile(text, USER, wanted, Input.ofUser(dev.muster.core.identity.User.of("")));
    }

    private static Expression compile(String text, String variable, Wanted wanted, Input nobody)
            throws RefusedExpression {
        try {
            var environment = Environment.get();
            var tree = tree(environment.compiler(variable).compile(text));
            if (!Environment.fits(tree.getResultType(), wanted)) {
                throw new RefusedExpression(mustBe(wanted));
            }
            var parts = new Tree(tree.getExpr());
            for (String pattern : parts.patterns()) {
                Patterns.compile(pattern);
            }
            var program = environment.runtime().createProgram(tree);
            var expression = new Expression(text, variable, wanted, parts, program);
            // Loads what judging needs here, where nobody waits.
            expression.judge(nobody, Work.ON_THE_WAY);
            return expression;
        } catch (Refusal e) {
            throw new RefusedExpression("compilation failed: " + e.getMessage());
        } catch (CelEvaluationException e) {
            throw new RefusedExpression("program instantiation failed: " + e.getMessage());
        } catch (StackOverflowError | RuntimeException e) {
            throw new RefusedExpression(
                    "compilation failed: it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) throws RefusedExpression {
        if (result.hasError()) {
            throw new RefusedExpression(Missing.from(result.getErrors())
                    .orElseGet(() -> "compilation failed: " + shortened(result.getErrorString())));
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new RefusedExpression("compilation failed: " + shortened(e.getMessage()));
        }
    }

    private static String shortened(String message) {
        return message.length() <= 2_000 ? message : message.substring(0, 2_000) + "...";
    }

    private static String mustBe(Wanted wanted) {
        return switch (wanted) {
            case BOOL -> "must evaluate to bool";
            case STRING -> "must evaluate to string";
            case STRINGS -> "must evaluate to one of [string list(string)]";
        };
    }
}

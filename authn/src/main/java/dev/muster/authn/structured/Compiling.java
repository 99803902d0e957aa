package dev.muster.authn.structured;

import dev.muster.authn.cel.Expression;
import dev.muster.authn.cel.Expressions;
import dev.muster.authn.cel.RefusedExpression;
import dev.muster.authn.cel.Wanted;
import java.util.List;
import java.util.Optional;

/** Compiles expressions; what is wrong with one is noted at its field. */
final class Compiling {

    private final List<Problem> problems;

    Compiling(List<Problem> problems) {
        this.problems = problems;
    }

    Optional<Expression> ofClaims(String path, String text, Wanted wanted) {
        try {
            return Optional.of(Expressions.ofClaims(text, wanted));
        } catch (RefusedExpression e) {
            return refused(path, text, e);
        }
    }

    Optional<Expression> ofUser(String path, String text) {
        try {
            return Optional.of(Expressions.ofUser(text, Wanted.BOOL));
        } catch (RefusedExpression e) {
            return refused(path, text, e);
        }
    }

    private Optional<Expression> refused(String path, String text, RefusedExpression why) {
        problems.add(Problem.invalid(path, text, why.getMessage()));
        return Optional.empty();
    }
}

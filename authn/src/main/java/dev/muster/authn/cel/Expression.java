package dev.muster.authn.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An expression that was compiled. May be judged by several threads at one time. */
public final class Expression {

    private final String text;
    private final String variable;
    private final Wanted wanted;
    private final Tree tree;
    private final CelRuntime.Program program;

    Expression(String text, String variable, Wanted wanted, Tree tree, CelRuntime.Program program) {
        this.text = text;
        this.variable = variable;
        this.wanted = wanted;
        this.tree = tree;
        this.program = program;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /**
     * Whether it selects that field of its variable: {@code claims.email} or {@code claims.?email}, as Kubernetes looks for it;
     * {@code claims["email"]} is not found.
     */
    public boolean selects(String field) {
        return tree.selects(variable, field);
    }

    /** Judges it; never throws for anything that the input can hold. */
    public Judged judge(Input input, Work work) {
        try {
            return typed(program.trace(Map.of(variable, input.view()), new Budget(work)));
        } catch (Budget.Spent spent) {
            return new Judged.TooMuch(spent.getMessage());
        } catch (StackOverflowError _) {
            return new Judged.TooMuch("nested too deeply");
        } catch (CelEvaluationException e) {
            return e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
                    ? new Judged.TooMuch("more than " + Environment.ITERATIONS + " iterations")
                    : new Judged.Failed(Failures.why(e, text));
        } catch (RuntimeException bug) {
            return new Judged.Failed("it cannot be judged: " + bug.getClass().getSimpleName());
        }
    }

    private Judged typed(Object value) {
        return switch (wanted) {
            case BOOL ->
                value instanceof Boolean verdict
                        ? new Judged.Bool(verdict)
                        : new Judged.Failed("validation expression must return a boolean");
            case STRING ->
                value instanceof String string
                        ? new Judged.Text(string)
                        : new Judged.Failed("expression must return a string");
            case STRINGS -> strings(value);
        };
    }

    private static Judged strings(Object value) {
        if (value == CelNull.VALUE) {
            return new Judged.Texts(List.of());
        }
        List<?> elements = value instanceof List<?> list ? list : List.of(value);
        var strings = new ArrayList<String>();
        for (Object element : elements) {
            if (!(element instanceof String string)) {
                return new Judged.Failed("expression must return a string or a list of strings");
            }
            if (!string.isEmpty()) {
                strings.add(string);
            }
        }
        return new Judged.Texts(strings);
    }
}

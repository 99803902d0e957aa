package dev.muster.api.select;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.select.LabelSelector.Operator;
import dev.muster.api.strategy.QualifiedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keys and values of a requirement must be. */
final class LabelChecks {

    private static final FieldPath VALUES = FieldPath.of("values");

    private LabelChecks() {}

    /** Without the field's path. */
    static Optional<String> key(String key) {
        var problems = QualifiedNames.keyProblems(key);
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(FieldErrors.invalid(FieldPath.ROOT, key, String.join("; ", problems))
                        .message());
    }

    /** What is wrong, in one text; empty = nothing. */
    static String values(String key, Operator operator, List<String> values) {
        var causes = new ArrayList<Cause>();
        switch (operator) {
            case IN, NOT_IN -> {
                if (values.isEmpty()) {
                    causes.add(FieldErrors.invalid(
                            VALUES, values, "for 'in', 'notin' operators, values set can't be empty"));
                }
            }
            case EXISTS, DOES_NOT_EXIST -> {
                if (!values.isEmpty()) {
                    causes.add(FieldErrors.invalid(
                            VALUES, values, "values set must be empty for exists and does not exist"));
                }
            }
            case GREATER_THAN, LESS_THAN -> integers(values, causes);
            case EQUALS, NOT_EQUALS -> {
                // The grammar gives exactly one.
            }
        }
        for (int i = 0; i < values.size(); i++) {
            var problems = QualifiedNames.labelValueProblems(values.get(i));
            if (!problems.isEmpty()) {
                causes.add(FieldErrors.invalid(VALUES.index(i).key(key), values.get(i), String.join("; ", problems)));
            }
        }
        return causes.isEmpty() ? "" : FieldErrors.join(causes);
    }

    private static void integers(List<String> values, List<Cause> causes) {
        for (int i = 0; i < values.size(); i++) {
            if (integer(values.get(i)).isEmpty()) {
                causes.add(FieldErrors.invalid(
                        VALUES.index(i), values.get(i), "for 'Gt', 'Lt' operators, the value must be an integer"));
            }
        }
    }

    /** Decimal with ASCII digits, in 64 bits. */
    static Optional<Long> integer(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (digits == text.length() || !text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

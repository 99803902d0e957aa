package dev.muster.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A label selector. All requirements must hold; without any, everything matches. */
public record LabelSelector(List<Requirement> requirements) {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public enum Operator {
        EQUALS,
        NOT_EQUALS,
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER_THAN,
        LESS_THAN
    }

    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }
    }

    /**
     * Reads the text form: {@code a=b,c in (d,e),!f}.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static LabelSelector parse(String text) {
        throw new UnsupportedOperationException("to be written");
    }

    /**
     * Reads the object form: matchLabels and matchExpressions.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static LabelSelector of(JsonNode selector) {
        throw new UnsupportedOperationException("to be written");
    }

    public boolean matches(Map<String, String> labels) {
        throw new UnsupportedOperationException("to be written");
    }
}

package dev.muster.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.GoText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A label selector. All requirements must hold; without any, everything matches.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">Label selectors</a>
 */
public record LabelSelector(List<Requirement> requirements) {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** A key in an empty set of values: never. */
    public static final LabelSelector NOTHING = new LabelSelector(List.of(new Requirement("", Operator.IN, List.of())));

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

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EQUALS, IN -> value != null && values.contains(value);
                case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GREATER_THAN -> compare(value).filter(c -> c > 0).isPresent();
                case LESS_THAN -> compare(value).filter(c -> c < 0).isPresent();
            };
        }

        private Optional<Integer> compare(String value) {
            if (value == null || values.size() != 1) {
                return Optional.empty();
            }
            var bound = LabelChecks.integer(values.getFirst());
            return bound.flatMap(b -> LabelChecks.integer(value).map(v -> Long.compare(v, b)));
        }

        @Override
        public String toString() {
            return switch (operator) {
                case EQUALS -> key + "=" + values.getFirst();
                case NOT_EQUALS -> key + "!=" + values.getFirst();
                case GREATER_THAN -> key + ">" + values.getFirst();
                case LESS_THAN -> key + "<" + values.getFirst();
                case IN -> key + " in (" + String.join(",", values) + ")";
                case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
            };
        }
    }

    /**
     * Reads the text form: {@code a=b,c in (d,e),!f}. Requirements are sorted by key, the values of a set too.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static LabelSelector parse(String text) {
        return sorted(LabelParser.parse(text));
    }

    /**
     * Reads the object form: matchLabels and matchExpressions. An absent selector matches nothing, an empty one everything.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static LabelSelector of(JsonNode selector) {
        if (selector.isMissingNode() || selector.isNull()) {
            return NOTHING;
        }
        var requirements = new ArrayList<Requirement>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        requirements.add(checked(label.getKey(), Operator.EQUALS, List.of(text(label.getValue())))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            var values = new TreeSet<String>();
            expression.path("values").forEach(value -> values.add(text(value)));
            requirements.add(checked(
                    expression.path("key").asText(""),
                    operator(expression.path("operator").asText("")),
                    List.copyOf(values)));
        }
        return sorted(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The text form; reading it again gives an equal selector. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }

    private static Requirement checked(String key, Operator operator, List<String> values) {
        LabelChecks.key(key).ifPresent(wrong -> {
            throw new IllegalArgumentException("key: " + wrong);
        });
        String wrong = LabelChecks.values(key, operator, values);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong);
        }
        return new Requirement(key, operator, values);
    }

    private static Operator operator(String word) {
        return switch (word) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default ->
                throw new IllegalArgumentException(GoText.quote(word) + " is not a valid label selector operator");
        };
    }

    private static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a label's value must be a string, not " + GoText.json(value));
        }
        return value.textValue();
    }

    private static LabelSelector sorted(List<Requirement> requirements) {
        return new LabelSelector(requirements.stream()
                .sorted(Comparator.comparing(Requirement::key))
                .toList());
    }
}

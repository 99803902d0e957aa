package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.select.FieldSelector;
import dev.muster.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * A selector of a review in its text form, which authorizers read. What cannot be read is left out: requirements are all to
 * hold, so that leaving some out asks for more, never for less.
 *
 * @param text empty when nothing is left
 * @param error what to say of what was left out; empty when nothing was
 */
record ReviewedSelector(String text, String error) {

    private static final ReviewedSelector NONE = new ReviewedSelector("", "");
    private static final String FIELDS = "spec.resourceAttributes.fieldSelector";
    private static final String LABELS = "spec.resourceAttributes.labelSelector";

    static ReviewedSelector fields(JsonNode selector) {
        if (!selector.isObject()) {
            return NONE;
        }
        String raw = Trees.text(selector, "rawSelector");
        if (!raw.isEmpty()) {
            try {
                return new ReviewedSelector(FieldSelector.parse(raw).toString(), "");
            } catch (IllegalArgumentException e) {
                return ignored(FIELDS);
            }
        }
        var kept = new ArrayList<FieldSelector.Requirement>();
        var asked = selector.path("requirements");
        for (JsonNode one : asked) {
            List<String> values = Trees.texts(one.path("values"));
            String operator = Trees.text(one, "operator");
            if (values.size() == 1 && (operator.equals("In") || operator.equals("NotIn"))) {
                kept.add(new FieldSelector.Requirement(
                        Trees.text(one, "key"), operator.equals("In"), values.getFirst()));
            }
        }
        return of(FIELDS, kept.isEmpty() ? "" : new FieldSelector(kept).toString(), kept.size(), asked.size());
    }

    static ReviewedSelector labels(JsonNode selector) {
        if (!selector.isObject()) {
            return NONE;
        }
        String raw = Trees.text(selector, "rawSelector");
        if (!raw.isEmpty()) {
            try {
                return new ReviewedSelector(LabelSelector.parse(raw).toString(), "");
            } catch (IllegalArgumentException e) {
                return ignored(LABELS);
            }
        }
        var kept = new ArrayList<LabelSelector.Requirement>();
        var asked = selector.path("requirements");
        for (JsonNode one : asked) {
            var operator = switch (Trees.text(one, "operator")) {
                case "In" -> LabelSelector.Operator.IN;
                case "NotIn" -> LabelSelector.Operator.NOT_IN;
                case "Exists" -> LabelSelector.Operator.EXISTS;
                case "DoesNotExist" -> LabelSelector.Operator.DOES_NOT_EXIST;
                default -> null;
            };
            if (operator != null) {
                kept.add(new LabelSelector.Requirement(
                        Trees.text(one, "key"), operator, Trees.texts(one.path("values"))));
            }
        }
        return of(LABELS, kept.isEmpty() ? "" : new LabelSelector(kept).toString(), kept.size(), asked.size());
    }

    private static ReviewedSelector of(String where, String text, int kept, int asked) {
        if (kept == asked) {
            return new ReviewedSelector(text, "");
        }
        return kept == 0 ? ignored(where) : new ReviewedSelector(text, where + " partially ignored due to parse error");
    }

    private static ReviewedSelector ignored(String where) {
        return new ReviewedSelector("", where + " ignored due to parse error");
    }
}

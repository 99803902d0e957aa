package dev.muster.apiserver.request;

import dev.muster.api.select.FieldSelector;
import dev.muster.api.select.LabelSelector;
import dev.muster.http.serve.Query;
import java.util.List;
import java.util.Optional;

/**
 * What Kubernetes' decoding of ListOptions makes of a query, as far as a request's verb and name follow from it. One
 * parameter that cannot be read makes it forget all the others, except that a watch stays a watch.
 */
record ListQuery(boolean watch, Optional<String> exactName) {

    static final ListQuery NOTHING = new ListQuery(false, Optional.empty());

    static ListQuery of(Query query) {
        if (query.values().isEmpty()) {
            return NOTHING;
        }
        boolean watch = isTrue(query.values().get("watch"));
        String selector = query.text("fieldSelector");
        if (selector.isEmpty() || !readable(query)) {
            return new ListQuery(watch, Optional.empty());
        }
        try {
            var name = FieldSelector.parse(selector).exact("metadata.name").filter(ListQuery::isPathSegment);
            return new ListQuery(watch, name);
        } catch (IllegalArgumentException e) {
            return new ListQuery(watch, Optional.empty());
        }
    }

    /** Only absence, {@code false} and {@code 0} are false; an empty value is true. */
    private static boolean isTrue(List<String> values) {
        if (values == null || values.isEmpty()) {
            return false;
        }
        String first = values.getFirst();
        return !first.equals("0") && !first.equalsIgnoreCase("false");
    }

    private static boolean readable(Query query) {
        if (!isNumber(query, "limit") || !isNumber(query, "timeoutSeconds")) {
            return false;
        }
        String labels = query.text("labelSelector");
        if (!labels.isEmpty()) {
            try {
                LabelSelector.parse(labels);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }

    /** A decimal that fits 64 bits, or absent. */
    private static boolean isNumber(Query query, String parameter) {
        if (!query.has(parameter)) {
            return true;
        }
        String text = query.text(parameter);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isPathSegment(String name) {
        return !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('%') < 0;
    }
}

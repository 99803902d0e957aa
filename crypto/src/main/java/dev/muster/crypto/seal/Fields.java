package dev.muster.crypto.seal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads parsed configuration strictly, and gathers everything that is wrong with it. */
final class Fields {

    private final List<Problem> problems;

    Fields(List<Problem> problems) {
        this.problems = problems;
    }

    void problem(String path, String message) {
        problems.add(new Problem(path, message));
    }

    Optional<Map<?, ?>> object(String path, Object value, Set<String> known) {
        if (!(value instanceof Map<?, ?> map)) {
            problem(path, "must be an object");
            return Optional.empty();
        }
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problem(path.isEmpty() ? String.valueOf(key) : path + "." + key, "unknown field");
            }
        }
        return Optional.of(map);
    }

    /** A list with at least one element; empty if it is none, which has been noted then. */
    List<?> list(String path, Object value, String what) {
        if (value == null || value instanceof List<?> list && list.isEmpty()) {
            problem(path, "Required value: at least one " + what + " is required");
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            problem(path, "must be a list");
            return List.of();
        }
        return list;
    }

    Optional<String> text(String path, Object value, String what) {
        if (value == null || "".equals(value)) {
            problem(path, "Required value: " + what);
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            problem(path, "must be a string");
            return Optional.empty();
        }
        return Optional.of(text);
    }
}

package dev.muster.authn.revocable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Several values under a text, since two Revocations may name the same thing. One thread writes. The empty text names nothing. */
final class NamedBy<T> {

    private final ConcurrentMap<String, List<T>> values = new ConcurrentHashMap<>();

    List<T> all(String text) {
        var found = values.get(text);
        return found == null ? List.of() : found;
    }

    Optional<T> first(String text) {
        var found = values.get(text);
        return found == null ? Optional.empty() : Optional.of(found.getFirst());
    }

    void add(String text, T value) {
        if (!text.isEmpty()) {
            values.compute(text, (_, old) -> {
                if (old == null) {
                    return List.of(value);
                }
                return old.contains(value)
                        ? old
                        : Stream.concat(old.stream(), Stream.of(value)).toList();
            });
        }
    }

    void remove(String text, T value) {
        values.computeIfPresent(text, (_, old) -> {
            var rest = old.stream().filter(one -> !one.equals(value)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }
}

package dev.muster.testkit.http;

import dev.muster.http.serve.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers in a map. */
final class FakeHeaders implements Headers {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    void add(String name, String value) {
        values.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(value);
    }

    @Override
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public void remove(String name) {
        values.remove(name.toLowerCase(Locale.ROOT));
    }
}

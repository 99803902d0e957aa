package dev.muster.authn.cel;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object as expressions see it: {@code claims.example__dot__com} finds {@code example.com}, {@code null} is CEL's null, and
 * every number is a double, as Go's JSON reader has it. What is asked for is made when it is asked for, and once.
 */
final class ClaimsView extends AbstractMap<String, Object> {

    private final Map<String, ?> object;
    private final boolean strict;
    private final Map<String, Object> made = new HashMap<>();

    /** @param strict whether a name with an escape that means nothing finds nothing: so it is with the claims themselves */
    ClaimsView(Map<String, ?> object, boolean strict) {
        this.object = object;
        this.strict = strict;
    }

    private String name(Object key) {
        if (!(key instanceof String text)) {
            return null;
        }
        String name = Escapes.unescape(text);
        return name == null && !strict ? text : name;
    }

    @Override
    public boolean containsKey(Object key) {
        return object.containsKey(name(key));
    }

    @Override
    public Object get(Object key) {
        String name = name(key);
        if (name == null || !object.containsKey(name)) {
            return null;
        }
        return made(name);
    }

    private Object made(String name) {
        return made.computeIfAbsent(name, n -> value(object.get(n)));
    }

    /** Any JSON value as CEL has it. */
    @SuppressWarnings("unchecked")
    static Object value(Object json) {
        return switch (json) {
            case null -> CelNull.VALUE;
            case Number number -> number.doubleValue();
            case Map<?, ?> map -> new ClaimsView((Map<String, ?>) map, false);
            case List<?> list -> {
                var values = new ArrayList<>(list.size());
                list.forEach(element -> values.add(value(element)));
                yield values;
            }
            default -> json;
        };
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                var names = object.keySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return names.hasNext();
                    }

                    @Override
                    public Entry<String, Object> next() {
                        String name = names.next();
                        return Map.entry(name, made(name));
                    }
                };
            }

            @Override
            public int size() {
                return object.size();
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}

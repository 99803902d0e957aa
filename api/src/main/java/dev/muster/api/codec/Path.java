package dev.muster.api.codec;

/** Where a reader is in a tree: {@code spec.containers[0].name}. Costs nothing until somebody asks for its text. */
final class Path {

    private final Object[] steps = new Object[Limits.DEPTH + 2];
    private int depth;

    private record Key(String name) {}

    void enter(String field) {
        steps[depth++] = field;
    }

    void enter(int index) {
        steps[depth++] = index;
    }

    /** A key of a map: part of the path, but not a field. */
    void enterKey(String key) {
        steps[depth++] = new Key(key);
    }

    void leave() {
        depth--;
    }

    /** The path of a field here. */
    String with(String field) {
        var text = text();
        return text.isEmpty() ? field : text + "." + field;
    }

    /** With the indexes of lists. */
    String text() {
        var out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (steps[i] instanceof Integer index) {
                out.append('[').append(index).append(']');
            } else {
                var name = steps[i] instanceof Key key ? key.name() : steps[i];
                out.append(out.isEmpty() ? "" : ".").append(name);
            }
        }
        return out.toString();
    }

    /** Only the names of fields, as Go's type errors show them. */
    String fields() {
        var out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (steps[i] instanceof String field) {
                out.append(out.isEmpty() ? "" : ".").append(field);
            }
        }
        return out.toString();
    }
}

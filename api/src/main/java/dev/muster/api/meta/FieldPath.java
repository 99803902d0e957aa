package dev.muster.api.meta;

/**
 * Where in an object something is: {@code spec.containers[0].env[NAME]}.
 *
 * @param text the path as messages show it; empty = the object itself
 */
public record FieldPath(String text) {

    public static final FieldPath ROOT = new FieldPath("");

    /** A path of these fields, each inside the one before. */
    public static FieldPath of(String... fields) {
        return new FieldPath(String.join(".", fields));
    }

    public FieldPath child(String... fields) {
        String more = String.join(".", fields);
        return new FieldPath(text.isEmpty() ? more : text + "." + more);
    }

    /** An item of a list. */
    public FieldPath index(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** An entry of a map. */
    public FieldPath key(String key) {
        return new FieldPath(text + "[" + key + "]");
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.muster.apiserver.negotiate;

/** What an Accept clause wants the object turned into: its parameters {@code as}, {@code g} and {@code v}. */
public record Conversion(String group, String version, String kind) {

    /** As it is appended to a media type: {@code ;g=G;v=V;as=K}, empty parts left out. */
    public String parameters() {
        var out = new StringBuilder();
        append(out, ";g=", group);
        append(out, ";v=", version);
        append(out, ";as=", kind);
        return out.toString();
    }

    private static void append(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append(name).append(value);
        }
    }
}

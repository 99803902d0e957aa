package dev.muster.api.kinds;

import dev.muster.api.kinds.ResourceType.Column;
import dev.muster.api.meta.Gvk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources from the text that {@code api-gen}'s resources.txt describes at its head. */
final class ResourceText {

    private final SchemaText schemas;
    private final List<ResourceType> resources = new ArrayList<>();
    private final Map<String, String> about = new HashMap<>();
    private final Map<String, String> bodies = new HashMap<>();

    private String[] kind;
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private List<String> selectable = List.of();
    private List<Column> columns = new ArrayList<>();

    ResourceText(SchemaText schemas) {
        this.schemas = schemas;
    }

    /** Reads up to the first message. */
    void add(String text) {
        int at = 0;
        while (at < text.length() && !text.startsWith("message ", at)) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            line(text.substring(at, end));
            at = end + 1;
        }
        finish();
    }

    List<ResourceType> resources() {
        return resources;
    }

    /** One sentence about a message, for people. */
    Map<String, String> about() {
        return about;
    }

    /** Kinds that only travel; by {@link Kinds#key}; the empty version stands for any group and version. */
    Map<String, String> bodies() {
        return bodies;
    }

    private void line(String line) {
        int space = line.indexOf(' ');
        if (line.isEmpty() || line.charAt(0) == '#' || space < 0) {
            return;
        }
        var rest = line.substring(space + 1);
        switch (line.substring(0, space)) {
            case "kind" -> {
                finish();
                kind = rest.split(" ");
            }
            case "body" -> {
                var words = rest.split(" ");
                var gvk = words[0].equals("*") ? new Gvk("", "", words[1]) : Gvk.of(words[0], words[1]);
                bodies.put(Kinds.key(gvk.group(), gvk.version(), gvk.kind()), words[2]);
            }
            case "short" -> shortNames = List.of(rest.split(" "));
            case "categories" -> categories = List.of(rest.split(" "));
            case "select" -> selectable = List.of(rest.split(" "));
            case "about" -> about.put(kind[2], rest);
            case "column" -> columns.add(column(rest.split("\\|", -1)));
            default -> throw new IllegalStateException("not understood: " + line);
        }
    }

    private static Column column(String[] parts) {
        var path = parts.length > 5 ? List.of(parts[5].split("\\.")) : List.<String>of();
        return new Column(parts[0], parts[1], parts[2], parts[4], Integer.parseInt(parts[3]), path);
    }

    private void finish() {
        if (kind == null) {
            return;
        }
        boolean stored = kind[6].equals("stored");
        resources.add(new ResourceType(
                Gvk.of(kind[0], kind[1]),
                kind[3],
                kind[4],
                kind[5].equals("namespaced"),
                shortNames,
                categories,
                stored,
                schemas.message(kind[2]),
                kind[6].equals("asked") ? null : schemas.message(kind[2].concat("List")),
                columns,
                selectable));
        kind = null;
        shortNames = List.of();
        categories = List.of();
        selectable = List.of();
        columns = new ArrayList<>();
    }
}

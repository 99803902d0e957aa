package dev.muster.api.kinds;

import dev.muster.api.meta.Gvk;
import java.util.List;

/**
 * One resource as discovery names it.
 *
 * @param gvk what its objects are
 * @param plural the path segment: {@code pods}
 * @param singular {@code pod}
 * @param namespaced whether its objects live in namespaces
 * @param shortNames what kubectl accepts instead: {@code po}
 * @param categories {@code all}, ...
 * @param stored whether objects are kept in the store; false for reviews, which are only asked, and for what is kept elsewhere
 * @param schema the fields of its objects
 * @param listSchema the fields of a list of them; null for reviews
 * @param columns what a table shows
 * @param selectableFields field paths that field selectors may name beside metadata.name and metadata.namespace
 */
public record ResourceType(
        Gvk gvk,
        String plural,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        boolean stored,
        MessageType schema,
        MessageType listSchema,
        List<Column> columns,
        List<String> selectableFields) {

    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        columns = List.copyOf(columns);
        selectableFields = List.copyOf(selectableFields);
    }

    /** {@code pods} or {@code roles.rbac.authorization.k8s.io}, as messages name it. */
    public String qualifiedName() {
        return gvk.group().isEmpty() ? plural : plural + "." + gvk.group();
    }

    /**
     * A column of the table form.
     *
     * @param type integer, number, string, boolean or date
     * @param format {@code name} for the first column, otherwise mostly empty
     * @param priority 0 = always shown, 1 = only with {@code -o wide}
     * @param path the fields that lead to what is shown; empty where the cells of the kind are made by hand
     */
    public record Column(String name, String type, String format, String description, int priority, List<String> path) {
        public Column {
            path = List.copyOf(path);
        }
    }
}

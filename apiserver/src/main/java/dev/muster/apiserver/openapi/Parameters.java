package dev.muster.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** The parameters that operations take. kubectl looks for {@code fieldValidation} here before it leaves checking to us. */
final class Parameters {

    /** @param type string, integer or boolean */
    private record Parameter(String name, String type, String description) {}

    private static final List<Parameter> WRITE = List.of(
            new Parameter("dryRun", "string", "All: do everything but keep the result."),
            new Parameter("fieldManager", "string", "The name of whoever makes the change."),
            new Parameter(
                    "fieldValidation",
                    "string",
                    "What to do about unknown and duplicate fields: Ignore, Warn (the default) or Strict."));

    private static final List<Parameter> DELETE = List.of(
            new Parameter("dryRun", "string", "All: do everything but keep the result."),
            new Parameter("gracePeriodSeconds", "integer", "How long the object may take to end."),
            new Parameter("orphanDependents", "boolean", "Outdated: use propagationPolicy."),
            new Parameter("propagationPolicy", "string", "Orphan, Background or Foreground."));

    private static final List<Parameter> LIST = List.of(
            new Parameter("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
            new Parameter("continue", "string", "Where the last answer ended."),
            new Parameter("fieldSelector", "string", "Only objects with these fields."),
            new Parameter("labelSelector", "string", "Only objects with these labels."),
            new Parameter("limit", "integer", "How many at most."),
            new Parameter("resourceVersion", "string", "The state to read, or to watch from."),
            new Parameter("resourceVersionMatch", "string", "Exact or NotOlderThan."),
            new Parameter("sendInitialEvents", "boolean", "Whether a watch begins with what is there."),
            new Parameter("timeoutSeconds", "integer", "How long at most."),
            new Parameter("watch", "boolean", "Whether to go on telling of changes."));

    private Parameters() {}

    static ArrayNode write() {
        return query(WRITE);
    }

    static ArrayNode patch() {
        var all = query(WRITE);
        add(all, new Parameter("force", "boolean", "For server-side apply: take over fields of others."), "query");
        return all;
    }

    static ArrayNode delete() {
        return query(DELETE);
    }

    static ArrayNode list() {
        return query(LIST);
    }

    /** Of a path: name and namespace where it has them, and pretty. */
    static ArrayNode path(String path) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (String name : List.of("name", "namespace")) {
            if (path.contains("{" + name + "}")) {
                add(all, new Parameter(name, "string", "The object's " + name + "."), "path");
            }
        }
        add(all, new Parameter("pretty", "string", "true: indent the answer."), "query");
        return all;
    }

    private static ArrayNode query(List<Parameter> parameters) {
        var all = JsonNodeFactory.instance.arrayNode();
        parameters.forEach(p -> add(all, p, "query"));
        return all;
    }

    private static void add(ArrayNode all, Parameter parameter, String in) {
        var node =
                all.addObject().put("name", parameter.name()).put("in", in).put("description", parameter.description());
        if (in.equals("path")) {
            node.put("required", true);
        }
        node.putObject("schema").put("type", parameter.type()).put("uniqueItems", true);
    }
}

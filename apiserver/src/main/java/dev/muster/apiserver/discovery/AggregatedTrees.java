package dev.muster.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.Gvk;
import dev.muster.apiserver.discovery.Catalogue.Entry;
import dev.muster.apiserver.discovery.Catalogue.Version;
import java.util.Collection;
import java.util.List;

/** Aggregated discovery: apidiscovery.k8s.io APIGroupDiscoveryList; v2 and v2beta1 differ in their apiVersion alone. */
final class AggregatedTrees {

    private AggregatedTrees() {}

    static ObjectNode list(String version, Collection<List<Version>> groups) {
        var tree = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/" + version);
        tree.putObject("metadata");
        var items = tree.putArray("items");
        for (List<Version> versions : groups) {
            var group = items.addObject();
            var metadata = group.putObject("metadata");
            if (!versions.getFirst().group().isEmpty()) {
                metadata.put("name", versions.getFirst().group());
            }
            var list = group.putArray("versions");
            versions.forEach(v -> version(list.addObject(), v));
        }
        return tree;
    }

    private static void version(ObjectNode into, Version version) {
        into.put("version", version.version());
        var resources = into.putArray("resources");
        version.resources().values().forEach(entry -> resource(resources.addObject(), entry));
        into.put("freshness", "Current");
    }

    private static void resource(ObjectNode into, Entry entry) {
        var type = entry.type();
        into.put("resource", type.plural());
        kind(into.putObject("responseKind"), entry.verbs().isEmpty() ? new Gvk("", "", "") : type.gvk());
        into.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
        into.put("singularResource", entry.verbs().isEmpty() ? "" : type.singular());
        PlainTrees.texts(into.putArray("verbs"), entry.verbs());
        if (!type.shortNames().isEmpty()) {
            PlainTrees.texts(into.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            PlainTrees.texts(into.putArray("categories"), type.categories());
        }
        if (!entry.subresources().isEmpty()) {
            ArrayNode subresources = into.putArray("subresources");
            entry.subresources().forEach((name, sub) -> {
                var node = subresources.addObject().put("subresource", name);
                kind(node.putObject("responseKind"), sub.kind().gvk());
                PlainTrees.texts(node.putArray("verbs"), sub.verbs());
            });
        }
    }

    private static void kind(ObjectNode into, Gvk gvk) {
        into.put("group", gvk.group()).put("version", gvk.version()).put("kind", gvk.kind());
    }
}

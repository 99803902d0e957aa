package dev.muster.apiserver.discovery;

import dev.muster.api.kinds.ResourceType;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The resources in the order of discovery: groups and versions as they first appear, resources by name.
 *
 * @param groups by name, core under the empty one; each with its versions, the preferred one first
 */
public record Catalogue(Map<String, List<Version>> groups) {

    /**
     * One version of a group.
     *
     * @param resources by plural
     */
    public record Version(String group, String version, SortedMap<String, Entry> resources) {

        /** {@code v1} or {@code group/v1}. */
        public String groupVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /**
     * A resource with what hangs below it.
     *
     * @param verbs of the resource itself; empty when only sub-resources are served
     * @param subresources by name
     */
    public record Entry(ResourceType type, SortedSet<String> verbs, SortedMap<String, Sub> subresources) {}

    /**
     * What hangs below a resource.
     *
     * @param kind what its bodies are
     */
    public record Sub(ResourceType kind, SortedSet<String> verbs) {}

    public static Catalogue of(Resources resources) {
        var groups = new LinkedHashMap<String, Map<String, Version>>();
        for (Resource resource : resources.all()) {
            var type = resource.type();
            var gvk = type.gvk();
            groups.computeIfAbsent(gvk.group(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(gvk.version(), v -> new Version(gvk.group(), v, new TreeMap<>()))
                    .resources()
                    .computeIfAbsent(type.plural(), _ -> new Entry(type, new TreeSet<>(), new TreeMap<>()));
            var entry = groups.get(gvk.group()).get(gvk.version()).resources().get(type.plural());
            var verbs = resource.subresource().isEmpty()
                    ? entry.verbs()
                    : entry.subresources()
                            .computeIfAbsent(resource.subresource(), _ -> new Sub(resource.kind(), new TreeSet<>()))
                            .verbs();
            verbs.addAll(Verbs.of(resource));
        }
        var ordered = new LinkedHashMap<String, List<Version>>();
        groups.forEach((name, versions) -> ordered.put(name, List.copyOf(versions.values())));
        return new Catalogue(ordered);
    }

    /** All versions of all groups but core, which has its own root. */
    public Collection<List<Version>> named() {
        var named = new ArrayList<List<Version>>();
        groups.forEach((name, versions) -> {
            if (!name.isEmpty()) {
                named.add(versions);
            }
        });
        return named;
    }

    public List<Version> core() {
        return groups.getOrDefault("", List.of());
    }
}

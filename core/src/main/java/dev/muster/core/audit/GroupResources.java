package dev.muster.core.audit;

import dev.muster.core.access.Attributes.ResourceAttributes;
import java.util.Set;

/**
 * Resources of an API group.
 *
 * @param group empty = the core group; {@code *} = every group
 * @param resources {@code pods}, {@code pods/log}, {@code *}, {@code pods/*} (pods themselves included, as Kubernetes matches
 *     it), {@code *}{@code /scale}; empty = all
 * @param names of objects; empty = all
 */
public record GroupResources(String group, Set<String> resources, Set<String> names) {

    public GroupResources {
        resources = Set.copyOf(resources);
        names = Set.copyOf(names);
    }

    boolean matches(ResourceAttributes asked) {
        if (!group.equals("*") && !group.equals(asked.apiGroup())) {
            return false;
        }
        if (resources.isEmpty()) {
            return true;
        }
        if (!names.isEmpty() && !names.contains(asked.name())) {
            return false;
        }
        if (resources.contains("*") || resources.contains(asked.resource() + "/*")) {
            return true;
        }
        String subresource = asked.subresource();
        if (subresource.isEmpty()) {
            return resources.contains(asked.resource());
        }
        return resources.contains(asked.resource() + "/" + subresource) || resources.contains("*/" + subresource);
    }
}

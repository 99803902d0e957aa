package dev.muster.authz.rbac.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one subject is bound to. Immutable.
 *
 * <p>Most subjects are bound in few namespaces: those bindings stand in one short list. Only beyond that is there a map.
 *
 * @param everywhere by cluster-wide bindings
 * @param few by bindings of namespaces, all in one list; empty when there are many
 * @param many the same by namespace; empty when there are few
 */
record Grants(BoundRoles everywhere, BoundRoles few, StringMap<BoundRoles> many) {

    private static final int FEW = 8;

    static final Grants EMPTY = new Grants(BoundRoles.NONE, BoundRoles.NONE, StringMap.empty());

    /** All at once; each binding once. */
    static Grants of(List<BoundRole> all) {
        var everywhere = BoundRoles.of(all.stream().filter(BoundRole::isClusterWide));
        return ofLocal(everywhere, BoundRoles.of(all.stream().filter(b -> !b.isClusterWide())));
    }

    private static Grants ofLocal(BoundRoles everywhere, BoundRoles local) {
        return local.size() <= FEW
                ? new Grants(everywhere, local, StringMap.empty())
                : new Grants(everywhere, BoundRoles.NONE, byNamespace(local));
    }

    /** Contains all of the namespace in order, and perhaps others between: ask {@link BoundRole#isIn}. */
    BoundRoles around(String namespace) {
        if (many.size() == 0) {
            return few;
        }
        BoundRoles found = many.get(namespace);
        return found == null ? BoundRoles.NONE : found;
    }

    boolean isEmpty() {
        return everywhere.size() + few.size() + many.size() == 0;
    }

    Grants plus(BoundRole bound) {
        if (bound.isClusterWide()) {
            return new Grants(everywhere.plus(bound), few, many);
        }
        if (many.size() == 0) {
            return ofLocal(everywhere, few.plus(bound));
        }
        String namespace = bound.binding().namespace();
        return new Grants(
                everywhere, few, many.with(namespace, around(namespace).plus(bound)));
    }

    Grants minus(BoundRole bound) {
        if (bound.isClusterWide()) {
            return new Grants(everywhere.minus(bound), few, many);
        }
        if (many.size() == 0) {
            return new Grants(everywhere, few.minus(bound), many);
        }
        String namespace = bound.binding().namespace();
        BoundRoles left = around(namespace).minus(bound);
        return new Grants(everywhere, few, many.with(namespace, left.size() == 0 ? null : left));
    }

    private static StringMap<BoundRoles> byNamespace(BoundRoles local) {
        Map<String, List<BoundRole>> lists = local.list().stream()
                .collect(Collectors.groupingBy(b -> b.binding().namespace()));
        var scopes = new HashMap<String, BoundRoles>();
        lists.forEach((namespace, list) -> scopes.put(namespace, BoundRoles.of(list.stream())));
        return StringMap.of(scopes);
    }
}

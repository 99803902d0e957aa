package dev.muster.authz.rbac.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one subject is bound to. Immutable; lists of one scope are in the order of names.
 *
 * <p>Most subjects are bound in few namespaces: those stand in one small array. Only beyond that is there a map.
 *
 * @param everywhere by cluster-wide bindings
 * @param few by bindings of namespaces, all in one list by namespace and name; empty when there are many
 * @param many the same by namespace; empty when there are few
 */
record Grants(BoundRole[] everywhere, BoundRole[] few, StringMap<BoundRole[]> many) {

    private static final int FEW = 8;
    private static final BoundRole[] NONE = {};
    private static final Comparator<BoundRole> BY_SCOPE =
            Comparator.comparing((BoundRole b) -> b.binding().namespace()).thenComparing(BoundRole.BY_NAME);

    static final Grants EMPTY = new Grants(NONE, NONE, StringMap.empty());

    /** All at once. */
    static Grants of(List<BoundRole> all) {
        BoundRole[] everywhere = sorted(all.stream().filter(BoundRole::isClusterWide));
        BoundRole[] local = sorted(all.stream().filter(b -> !b.isClusterWide()));
        return local.length <= FEW
                ? new Grants(everywhere, local, StringMap.empty())
                : new Grants(everywhere, NONE, byNamespace(local));
    }

    /** Contains all of the namespace in order, and perhaps others between: ask {@link BoundRole#isIn}. */
    BoundRole[] around(String namespace) {
        if (many.size() == 0) {
            return few;
        }
        BoundRole[] found = many.get(namespace);
        return found == null ? NONE : found;
    }

    boolean isEmpty() {
        return everywhere.length == 0 && few.length == 0 && many.size() == 0;
    }

    Grants plus(BoundRole bound) {
        if (bound.isClusterWide()) {
            return new Grants(inserted(everywhere, bound), few, many);
        }
        if (many.size() > 0) {
            String namespace = bound.binding().namespace();
            return new Grants(everywhere, few, many.with(namespace, inserted(around(namespace), bound)));
        }
        BoundRole[] more = inserted(few, bound);
        return more.length <= FEW
                ? new Grants(everywhere, more, many)
                : new Grants(everywhere, NONE, byNamespace(more));
    }

    Grants minus(BoundRole bound) {
        if (bound.isClusterWide()) {
            return new Grants(removed(everywhere, bound), few, many);
        }
        if (many.size() == 0) {
            return new Grants(everywhere, removed(few, bound), many);
        }
        String namespace = bound.binding().namespace();
        BoundRole[] left = removed(around(namespace), bound);
        return new Grants(everywhere, few, many.with(namespace, left.length == 0 ? null : left));
    }

    private static StringMap<BoundRole[]> byNamespace(BoundRole[] local) {
        Map<String, List<BoundRole>> lists = Arrays.stream(local)
                .collect(Collectors.groupingBy(b -> b.binding().namespace()));
        var arrays = new HashMap<String, BoundRole[]>();
        lists.forEach((namespace, list) -> arrays.put(namespace, list.toArray(NONE)));
        return StringMap.of(arrays);
    }

    private static BoundRole[] sorted(Stream<BoundRole> all) {
        return all.distinct().sorted(BY_SCOPE).toArray(BoundRole[]::new);
    }

    private static BoundRole[] inserted(BoundRole[] all, BoundRole bound) {
        int at = Arrays.binarySearch(all, bound, BY_SCOPE);
        if (at >= 0) {
            return all;
        }
        int place = -at - 1;
        var copy = new BoundRole[all.length + 1];
        System.arraycopy(all, 0, copy, 0, place);
        copy[place] = bound;
        System.arraycopy(all, place, copy, place + 1, all.length - place);
        return copy;
    }

    private static BoundRole[] removed(BoundRole[] all, BoundRole bound) {
        int at = Arrays.binarySearch(all, bound, BY_SCOPE);
        if (at < 0) {
            return all;
        }
        if (all.length == 1) {
            return NONE;
        }
        var copy = new BoundRole[all.length - 1];
        System.arraycopy(all, 0, copy, 0, at);
        System.arraycopy(all, at + 1, copy, at, copy.length - at);
        return copy;
    }
}

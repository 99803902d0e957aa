package dev.muster.authz.rbac.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bindings of one subject by namespace and name; immutable. What a decision reads of all of them stands in arrays of numbers
 * beside them, so that most are passed over without being touched.
 */
final class BoundRoles {

    private static final Comparator<BoundRole> ORDER =
            Comparator.comparing((BoundRole b) -> b.binding().namespace()).thenComparing(BoundRole.BY_NAME);

    static final BoundRoles NONE = new BoundRoles(new BoundRole[0]);

    private final BoundRole[] all;
    private final int[] roles;
    private final int[] namespaces;

    private BoundRoles(BoundRole[] all) {
        this.all = all;
        this.roles = Arrays.stream(all).mapToInt(BoundRole::role).toArray();
        this.namespaces = Arrays.stream(all)
                .mapToInt(bound -> bound.binding().namespace().hashCode())
                .toArray();
    }

    static BoundRoles of(Stream<BoundRole> all) {
        return new BoundRoles(all.sorted(ORDER).toArray(BoundRole[]::new));
    }

    int size() {
        return all.length;
    }

    List<BoundRole> list() {
        return List.of(all);
    }

    /** The role's number at a place. */
    int role(int at) {
        return roles[at];
    }

    /** A namespace's hash at a place: unequal ones are certainly other namespaces. */
    int namespaceHash(int at) {
        return namespaces[at];
    }

    BoundRole get(int at) {
        return all[at];
    }

    BoundRoles plus(BoundRole bound) {
        int place = -Arrays.binarySearch(all, bound, ORDER) - 1;
        var copy = new BoundRole[all.length + 1];
        System.arraycopy(all, 0, copy, 0, place);
        copy[place] = bound;
        System.arraycopy(all, place, copy, place + 1, all.length - place);
        return new BoundRoles(copy);
    }

    BoundRoles minus(BoundRole bound) {
        int at = Arrays.binarySearch(all, bound, ORDER);
        var copy = new BoundRole[all.length - 1];
        System.arraycopy(all, 0, copy, 0, at);
        System.arraycopy(all, at + 1, copy, at, copy.length - at);
        return new BoundRoles(copy);
    }
}

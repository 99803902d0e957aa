package dev.muster.authz.node;

import java.util.Comparator;

/**
 * A node's way to an object: a pod on the node refers to it, or it is the pod. Comparable, so that names that collide make no
 * table slow.
 */
record Relation(Kind kind, String namespace, String name, String node) implements Comparable<Relation> {

    /** What pods lead to. */
    enum Kind {
        POD,
        SECRET,
        CONFIG_MAP,
        VOLUME_CLAIM,
        RESOURCE_CLAIM,
        SERVICE_ACCOUNT,
        /** Kinds nothing leads to here: those that are not kept. */
        NONE
    }

    private static final Comparator<Relation> ORDER = Comparator.comparing(Relation::kind)
            .thenComparing(Relation::namespace)
            .thenComparing(Relation::name)
            .thenComparing(Relation::node);

    @Override
    public int compareTo(Relation other) {
        return ORDER.compare(this, other);
    }
}

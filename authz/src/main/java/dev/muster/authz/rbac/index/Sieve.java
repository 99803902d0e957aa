package dev.muster.authz.rbac.index;

/**
 * Tells quickly that a role has nothing to say about a request: what a role speaks of, and what a request asks for, as bits.
 * Without a common bit there is certainly nothing; with one there may be.
 */
final class Sieve {

    /** A role with a rule for any resource; every request for a resource asks for it. */
    static final long ANY_RESOURCE = 1L << 63;

    /** A role with rules for paths. */
    static final long PATHS = 1L << 62;

    /** A role that is not there: it must be looked at, to be missed. */
    static final long MISSING = -1L;

    private Sieve() {}

    static long resource(String resource) {
        int mixed = resource.hashCode() * 0x9E3779B9;
        return 1L << (mixed >>> 8) % 62;
    }
}

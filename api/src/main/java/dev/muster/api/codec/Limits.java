package dev.muster.api.codec;

/**
 * What a body may cost, whatever its form. Its size in bytes is limited by whoever reads it from the wire. No Kubernetes object
 * comes near these figures: a pod nests about fifteen deep. Go's decoder would follow ten thousand levels; a stranger has no use
 * for them.
 */
final class Limits {

    /** Levels of nesting. */
    static final int DEPTH = 256;

    /** Values of any kind in one body: a tree takes some 50 to 100 bytes for each. */
    static final int VALUES = 500_000;

    /** Characters of a number. */
    static final int NUMBER = 400;

    /** Problems reported of one body, as Kubernetes' decoder. */
    static final int PROBLEMS = 100;

    private Limits() {}

    static MalformedBody tooMany() {
        return new MalformedBody("more than " + VALUES + " values");
    }
}

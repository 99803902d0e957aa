package dev.muster.authn.structured;

/**
 * What came of one mapping or rule.
 *
 * @param path the field
 * @param text the claim or expression, in quotes
 * @param said the value, or why there is none
 */
public record Step(String path, String text, Verdict verdict, String said) {

    /** How it ended. */
    public enum Verdict {
        /** A mapping has a value. */
        VALUE,
        /** A rule holds. */
        HOLDS,
        /** A mapping has no value, or a rule does not hold. */
        REFUSED,
        /** It is more work than was allowed. */
        TOO_MUCH
    }

    boolean isFine() {
        return verdict == Verdict.VALUE || verdict == Verdict.HOLDS;
    }

    /** For log and story. */
    String cause() {
        return path + ": " + said;
    }
}

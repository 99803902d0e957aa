package dev.muster.authn.cel;

/** What an expression has to give. What is known only when it is judged ({@code dyn}) is checked then. */
public enum Wanted {
    /** A verdict: must be known to be one before any claim is seen, as in Kubernetes. */
    BOOL,
    /** A string. */
    STRING,
    /** A string, a list of strings, or {@code null} for none. */
    STRINGS
}

package dev.muster.authn.structured;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the field: {@code jwt[0].issuer.url}; empty for the whole
 * @param message in the words of kube-apiserver where it refuses it too
 */
public record Problem(String path, String message) {

    /** The value makes no sense there. */
    static Problem invalid(String path, String value, String why) {
        return new Problem(path, "Invalid value: " + Quoted.go(value) + ": " + why);
    }

    /** There is nothing, and something must be. */
    static Problem required(String path, String why) {
        return new Problem(path, why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    static Problem duplicate(String path, String value) {
        return new Problem(path, "Duplicate value: " + Quoted.go(value));
    }

    static Problem forbidden(String path, String why) {
        return new Problem(path, "Forbidden: " + why);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}

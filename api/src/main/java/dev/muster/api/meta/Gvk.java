package dev.muster.api.meta;

/**
 * Group, version and kind.
 *
 * @param group empty for the core group
 */
public record Gvk(String group, String version, String kind) {

    /** {@code v1} or {@code group/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Splits an apiVersion at its slash; a text without one is a version of the core group. */
    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }
}

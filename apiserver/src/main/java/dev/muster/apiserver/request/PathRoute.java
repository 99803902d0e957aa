package dev.muster.apiserver.request;

/**
 * A path that is no API object, and who answers it. There is no way round authorization: a route is reached only by those
 * whom the authorizer allows the very path they asked for.
 *
 * @param path as {@link RequestInfo#path()} says it
 * @param match which paths it answers
 * @param readOnly whether only GET and HEAD are served; others are 405
 * @param listed whether {@code /} names it
 */
public record PathRoute(String path, Match match, boolean readOnly, boolean listed, ApiHandler handler) {

    /** Which paths a route answers. */
    public enum Match {
        /** This one. */
        EXACT,
        /** This one, with or without a slash at its end. */
        SLASH_OR_NOT,
        /** Everything that begins with it; it ends in a slash. */
        BELOW
    }

    public PathRoute {
        if (match == Match.BELOW && !path.endsWith("/")) {
            throw new IllegalArgumentException("a prefix ends in a slash: " + path);
        }
    }

    /** One path, any method, listed: how health checks are served. */
    public static PathRoute exact(String path, ApiHandler handler) {
        return new PathRoute(path, Match.EXACT, false, true, handler);
    }

    /** One path, with or without a slash at its end, GET and HEAD only, listed: how discovery is served. */
    public static PathRoute reading(String path, ApiHandler handler) {
        return new PathRoute(path, Match.SLASH_OR_NOT, true, true, handler);
    }

    /** Everything below a path that ends in a slash; GET and HEAD only, not listed. */
    public static PathRoute below(String path, ApiHandler handler) {
        return new PathRoute(path, Match.BELOW, true, false, handler);
    }
}

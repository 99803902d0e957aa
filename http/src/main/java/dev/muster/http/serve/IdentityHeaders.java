package dev.muster.http.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that say who somebody is: credentials, and what a front proxy asserts. They come off a request once it is
 * authenticated, whoever it was authenticated by, so that nobody behind sees or believes them (Kubernetes issue 119631).
 */
public final class IdentityHeaders {

    private static final List<String> STANDARD =
            List.of("authorization", "x-remote-user", "x-remote-uid", "x-remote-group");
    private static final String EXTRA = "x-remote-extra-";
    private static final String PROTOCOLS = "sec-websocket-protocol";
    private static final String TOKEN_PROTOCOL = "base64url.bearer.authorization.k8s.io.";

    private final List<String> names;
    private final List<String> prefixes;

    /**
     * @param names further headers, as configured for a front proxy, beside the standard ones
     * @param prefixes further prefixes of extra fields
     */
    public IdentityHeaders(List<String> names, List<String> prefixes) {
        this.names = lower(STANDARD, names);
        this.prefixes = lower(List.of(EXTRA), prefixes);
    }

    private static List<String> lower(List<String> standard, List<String> more) {
        var all = new ArrayList<>(standard);
        more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT).replace('_', '-')));
        return List.copyOf(all);
    }

    /**
     * Removes them.
     *
     * @param present the names of the headers, in lower case
     */
    public void strip(Headers headers, Set<String> present) {
        for (String name : present) {
            if (isIdentity(name) || name.equals(PROTOCOLS) && holdsToken(headers)) {
                headers.remove(name);
            }
        }
    }

    /** With underscores too: many a parser behind folds them to dashes (CVE-2025-64484). */
    private boolean isIdentity(String sent) {
        String name = sent.indexOf('_') < 0 ? sent : sent.replace('_', '-');
        if (names.contains(name)) {
            return true;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (name.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** No route speaks WebSocket yet, so the whole header can go: the token in it must not be echoed. */
    private static boolean holdsToken(Headers headers) {
        for (String value : headers.all(PROTOCOLS)) {
            if (value.contains(TOKEN_PROTOCOL)) {
                return true;
            }
        }
        return false;
    }
}

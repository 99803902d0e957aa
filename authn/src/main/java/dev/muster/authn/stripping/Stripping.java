package dev.muster.authn.stripping;

import dev.muster.http.serve.Headers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes credentials and front-proxy headers off a request once it is authenticated, whoever it was authenticated by, so that
 * nobody behind sees or believes them (Kubernetes issue 119631).
 */
public final class Stripping {

    private final Set<String> names;
    private final List<String> prefixes;

    /**
     * @param names further headers, as configured for a front proxy, beside the standard ones
     * @param prefixes further prefixes of extra headers
     */
    public Stripping(Collection<String> names, Collection<String> prefixes) {
        this.names = new TreeSet<>(List.of("authorization", "x-remote-user", "x-remote-uid", "x-remote-group"));
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
        this.prefixes = new ArrayList<>(List.of("x-remote-extra-"));
        prefixes.forEach(prefix -> this.prefixes.add(prefix.toLowerCase(Locale.ROOT)));
    }

    /** The standard ones alone. */
    public static Stripping standard() {
        return new Stripping(List.of(), List.of());
    }

    /** Those of the header names, given in lower case, that must go. */
    public List<String> among(Set<String> present) {
        return present.stream()
                .filter(name -> names.contains(name) || prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }

    /** Removes them. */
    public void strip(Headers headers) {
        among(Set.copyOf(headers.names())).forEach(headers::remove);
    }
}

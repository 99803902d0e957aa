package dev.muster.testkit.authn;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.PeerChain;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a made-up request presents.
 *
 * @param headers lower-case names, values in order
 */
public record Presented(Map<String, List<String>> headers, Optional<PeerChain> peerChain, String path, Audiences wanted)
        implements Credentials {

    /** A request that presents nothing. */
    public static final Presented NOTHING = new Presented(Map.of(), Optional.empty(), "/api", Audiences.UNSPECIFIED);

    public static Presented bearer(String token) {
        return NOTHING.with("Authorization", "Bearer " + token);
    }

    /** A request on a new connection of a peer with this chain, leaf first. */
    public static Presented certificate(X509Certificate... chain) {
        return NOTHING.with(new PeerChain(List.of(chain)));
    }

    /** With one more header line. */
    public Presented with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        var values = new ArrayList<>(header(name));
        values.add(value);
        more.put(name.toLowerCase(Locale.ROOT), values);
        return new Presented(more, peerChain, path, wanted);
    }

    /** On this connection. */
    public Presented with(PeerChain chain) {
        return new Presented(headers, Optional.of(chain), path, wanted);
    }

    public Presented at(String rawPath) {
        return new Presented(headers, peerChain, rawPath, wanted);
    }

    public Presented wanting(String... audiences) {
        return new Presented(headers, peerChain, path, Audiences.of(audiences));
    }

    @Override
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet();
    }
}

package dev.muster.authn.oidc;

import dev.muster.crypto.jose.JwsAlgorithm;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One issuer of tokens (OpenID Connect Core 1.0), as flags or a file tell of it; validated by whoever read them.
 *
 * @param url the {@code iss} of its tokens, exactly; https
 * @param discoveryUrl where its discovery document lies, whole; empty = {@code url}, without one trailing slash, and {@code
 *     /.well-known/openid-configuration}
 * @param authorities who may certify its servers; empty = whom the system trusts
 * @param audiences one of them must be in {@code aud}; at least one
 * @param algorithms that may have signed
 * @param trust what it may do beyond the ordinary
 */
public record IssuerSettings(
        String url,
        Optional<String> discoveryUrl,
        List<X509Certificate> authorities,
        List<String> audiences,
        Set<JwsAlgorithm> algorithms,
        Trust trust) {

    /** All algorithms that Kubernetes knows, as structured configuration has it. */
    public static final Set<JwsAlgorithm> ALL_ALGORITHMS = EnumSet.allOf(JwsAlgorithm.class);

    /**
     * What an issuer may do beyond the ordinary.
     *
     * @param systemNames whether users and groups may be called {@code system:...}
     * @param claimEndpoints where distributed claims may be fetched (OpenID Connect Core 1.0 section 5.6.2): exact URLs, or
     *     beginnings that end with a slash; empty = nowhere
     */
    public record Trust(boolean systemNames, List<String> claimEndpoints) {

        /** Nothing. */
        public static final Trust ORDINARY = new Trust(false, List.of());

        public Trust {
            claimEndpoints = List.copyOf(claimEndpoints);
        }
    }

    public IssuerSettings {
        authorities = List.copyOf(authorities);
        audiences = List.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        if (audiences.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException("an issuer needs an audience and an algorithm");
        }
    }
}

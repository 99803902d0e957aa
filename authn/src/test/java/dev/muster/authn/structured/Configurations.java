package dev.muster.authn.structured;

import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Configurations written in tests. */
final class Configurations {

    static final String HEAD = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";

    private Configurations() {}

    static Surroundings surroundings(Apart apart) {
        return new Surroundings(List.of("https://accounts.here"), IssuerSettings.Trust.ORDINARY, apart);
    }

    /** One entry, with the issuer and username that are not at issue, and more lines of it. */
    static String entry(String more) {
        return HEAD + """
                jwt:
                - issuer: {url: "https://example.com", audiences: [kubernetes]}
                """ + (more.contains("claimMappings:") ? "" : """
                  claimMappings: {username: {claim: sub, prefix: ""}}
                """) + more.indent(2);
    }

    static Read read(String text) {
        return AuthenticationConfiguration.read(text.getBytes(StandardCharsets.UTF_8), surroundings(new Apart()));
    }

    static List<String> problems(String text) {
        return read(text) instanceof Read.Invalid(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    static MappedRules rules(String more, Apart apart) {
        var read = AuthenticationConfiguration.read(entry(more).getBytes(StandardCharsets.UTF_8), surroundings(apart));
        if (read instanceof Read.Valid(AuthenticationConfiguration configuration)) {
            return (MappedRules) configuration.issuers().getFirst().rules();
        }
        throw new AssertionError(read);
    }
}

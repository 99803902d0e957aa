package dev.muster.authn.structured;

import dev.muster.authn.oidc.Issuer;
import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.crypto.x509.MalformedPem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration that was read and found good.
 *
 * @param issuers in order; their rules are {@link MappedRules}
 * @param anonymous empty = the flag decides
 */
public record AuthenticationConfiguration(List<Issuer> issuers, Optional<AnonymousAccess> anonymous) {

    /** No file is larger, in bytes. */
    public static final int LARGEST = 4 << 20;

    public AuthenticationConfiguration {
        issuers = List.copyOf(issuers);
    }

    /** The outcome of reading. */
    public sealed interface Read {

        /** It is good. */
        record Valid(AuthenticationConfiguration configuration) implements Read {}

        /** It is not; all that is wrong with it. */
        record Invalid(List<Problem> problems) implements Read {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * What does not stand in the file.
     *
     * @param disallowed issuers that are somebody else's: those of service accounts
     * @param trust what every issuer of the file may do
     * @param apart where rules that are much work are judged
     */
    public record Surroundings(List<String> disallowed, IssuerSettings.Trust trust, Apart apart) {}

    /** Reads a file. Takes a second where it is the first with expressions; never throws for anything the file may hold. */
    public static Read read(byte[] file, Surroundings surroundings) {
        var problems = new ArrayList<Problem>();
        var document = new Decoder(problems).decode(file);
        // As Kubernetes: what cannot be decoded is not looked at further, but a field too many hides nothing here.
        var plans = new Validation(surroundings.disallowed(), problems).plans(document);
        if (!problems.isEmpty()) {
            return new Read.Invalid(problems);
        }
        var issuers = new ArrayList<Issuer>();
        for (int i = 0; i < plans.size(); i++) {
            issuers.add(new Issuer(
                    settings(document.jwt().get(i).issuer(), surroundings),
                    new MappedRules(plans.get(i), surroundings.apart())));
        }
        return new Read.Valid(new AuthenticationConfiguration(issuers, document.anonymous()));
    }

    private static IssuerSettings settings(Document.IssuerFields fields, Surroundings surroundings) {
        try {
            return new IssuerSettings(
                    fields.url(),
                    Optional.of(fields.discoveryUrl()).filter(url -> !url.isEmpty()),
                    fields.certificateAuthority().isEmpty()
                            ? List.of()
                            : IssuerCheck.certificates(fields.certificateAuthority()),
                    fields.audiences(),
                    IssuerSettings.ALL_ALGORITHMS,
                    surroundings.trust());
        } catch (MalformedPem checkedBefore) {
            throw new IllegalStateException(checkedBefore);
        }
    }
}

package dev.muster.server.wiring;

import dev.muster.authn.revocable.Heartbeat;
import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.authn.uniquename.OneSource;
import dev.muster.authn.uniquename.UserNames;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.server.config.UserNameOptions;
import dev.muster.server.pki.AdminKubeconfig;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** Sees to it that a user name comes from one authenticator, or that operators hear of it. The order is that of the chain. */
final class NamesOnce {

    /** Of each authenticator and issuer; as much as a big company, and not so much that memory runs out. */
    private static final int REMEMBERED = 100_000;

    private final UserNames names;
    private final boolean refusing;
    private final Predicate<Outcome.Accepted> good;
    private final OneSource frontProxy;
    private final OneSource certificates;
    private final OneSource file;
    private final OneSource people;

    /** @param good whether a credential has not been taken back; asked where something is to be remembered */
    NamesOnce(UserNameOptions options, Predicate<Outcome.Accepted> good, InstantSource clock) {
        this.good = good;
        refusing = options.refuse();
        names = new UserNames(REMEMBERED, new DuplicateLog(clock, refusing));
        frontProxy = source("front proxy", 0);
        certificates = source("client certificate", 1);
        file = source("token file", 2);
        people = source("OpenID Connect", 5);
        // What these give has a form of its own, which nobody else may give; so nobody stands around them. Nor around
        // access tokens,
        // which speak for whoever made them, by the name that they came with.
        names.reserve("system:serviceaccount:", names.source("service accounts", 3));
        names.reserve("system:bootstrap:", names.source("bootstrap tokens", 4));
        names.reserve(Heartbeat.BREAK_GLASS, certificates.source());
        names.know(certificates.source(), List.of(AdminKubeconfig.NAME));
    }

    private OneSource source(String name, int rank) {
        return new OneSource(names, name, rank, refusing, good);
    }

    Authenticator frontProxy(Authenticator inner) {
        return frontProxy.requests(inner);
    }

    Authenticator certificates(Authenticator inner) {
        return certificates.requests(inner);
    }

    /** Its names are known before anybody comes. */
    TokenAuthenticator file(TokenFile inside, TokenAuthenticator inner) {
        names.know(file.source(), inside.names());
        return file.tokens(inner);
    }

    List<TokenAuthenticator> people(List<TokenAuthenticator> all) {
        return all.stream().map(people::tokens).toList();
    }

    UserNames names() {
        return names;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** For {@code /metrics}. */
    String metrics() {
        return """
                # TYPE muster_duplicate_user_names gauge
                muster_duplicate_user_names %d
                # TYPE muster_duplicate_user_name_requests_total counter
                muster_duplicate_user_name_requests_total %d
                # TYPE muster_unremembered_user_names_total counter
                muster_unremembered_user_names_total %d
                """.formatted(names.count(), names.requests(), names.unremembered());
    }
}

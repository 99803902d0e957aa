package dev.muster.authn.uniquename;

import dev.muster.authn.uniquename.UserNames.Claim;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** Stands around an authenticator, and tells whose names it gives; refuses those that are another's where that is wanted. */
public final class OneSource {

    private final UserNames names;
    private final Source self;
    private final int rank;
    private final boolean refusing;
    private final Predicate<Accepted> good;

    /** Of those that are configured, so of a bounded number. */
    private final ConcurrentMap<String, Source> issuers = new ConcurrentHashMap<>();

    /**
     * @param name of the authenticator; its issuers, if it has several, are sources of their own
     * @param rank its place in the chain
     * @param refusing whether a name that is another's is refused
     * @param good whether a credential still counts: one that was taken back must not take anybody's name
     */
    public OneSource(UserNames names, String name, int rank, boolean refusing, Predicate<Accepted> good) {
        this.good = good;
        this.names = names;
        this.self = names.source(name, rank);
        this.rank = rank;
        this.refusing = refusing;
    }

    public Source source() {
        return self;
    }

    public Authenticator requests(Authenticator inner) {
        return presented -> inner.authenticate(presented).then(this::judged);
    }

    public TokenAuthenticator tokens(TokenAuthenticator inner) {
        return (token, wanted) -> inner.authenticate(token, wanted).then(this::judged);
    }

    private Outcome judged(Outcome outcome) {
        if (!(outcome instanceof Accepted accepted)) {
            return outcome;
        }
        var source = source(accepted.proof());
        var known = names.known(source, accepted.user().name());
        if (known.isEmpty() && !good.test(accepted)) {
            return accepted; // for others to refuse
        }
        return switch (known.orElseGet(() -> names.claim(source, accepted.user().name()))) {
            case Claim.Own _ -> accepted;
            case Claim.Foreign foreign
            when refusing ->
                refused(
                        source,
                        "the user name " + Shown.name(accepted.user().name()) + " belongs to "
                                + foreign.owner().name() + " (--duplicate-user-names=refuse)");
            case Claim.Unknown _
            when refusing ->
                refused(
                        source,
                        "the user name " + Shown.name(accepted.user().name())
                                + " cannot be kept apart from those of others: it is longer than " + UserNames.LONGEST
                                + " characters, or one of too many (--duplicate-user-names=refuse)");
            case Claim.Foreign _, Claim.Unknown _ -> accepted;
        };
    }

    /** One of its issuers; front proxies are several machines of one source. */
    private Source source(Proof proof) {
        var issuer = proof.voucher();
        return issuer.isEmpty() || !proof.chain().isEmpty()
                ? self
                : issuers.computeIfAbsent(issuer.get(), url -> names.source(self.name() + " " + url, rank));
    }

    private static Outcome refused(Source by, String detail) {
        return new Outcome.Refused(
                Reason.POLICY,
                detail,
                new Trail(
                        List.of(new Heard(by.name(), Heard.Answer.REFUSED, Reason.POLICY + ": " + detail)), List.of()));
    }
}

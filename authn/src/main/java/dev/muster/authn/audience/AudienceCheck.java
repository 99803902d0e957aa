package dev.muster.authn.audience;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;

/** The last check: what was accepted for certain audiences must have been accepted for one that is wanted. */
public final class AudienceCheck {

    private static final int LONGEST = 500;

    private AudienceCheck() {}

    public static Authenticator of(Authenticator inner) {
        return presented -> inner.authenticate(presented).then(outcome -> checked(outcome, presented.wanted()));
    }

    public static TokenAuthenticator ofTokens(TokenAuthenticator inner) {
        return (token, wanted) -> inner.authenticate(token, wanted).then(outcome -> checked(outcome, wanted));
    }

    private static Outcome checked(Outcome outcome, Audiences wanted) {
        if (!(outcome instanceof Outcome.Accepted accepted)
                || wanted.isUnspecified()
                || accepted.audiences().isUnspecified()
                || wanted.meets(accepted.audiences())) {
            return outcome;
        }
        return Outcome.refused(
                Reason.WRONG_PURPOSE,
                "unable to match the audience: " + plain(accepted.audiences()) + " , accepted: " + plain(wanted));
    }

    /** Names come from tokens and from callers: they shall not write lines of their own into a log. */
    private static String plain(Audiences audiences) {
        String names = audiences.names().toString().replaceAll("\\p{Cntrl}", "?");
        return names.length() <= LONGEST ? names : names.substring(0, LONGEST) + "...";
    }
}

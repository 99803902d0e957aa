package dev.muster.core.identity;

import java.util.List;

/**
 * Gives an authenticator a name in the story of a refusal. What it says is not changed; where several inside of it have already
 * told their own stories, it adds none.
 */
public final class Named {

    private final String name;
    private final Trail nothing;
    private final Outcome nothingOfMine;

    private Named(String name, String notMine) {
        this.name = name;
        this.nothing = Trail.of(new Heard(name, Heard.Answer.NOT_MINE, notMine));
        // Most requests pass several that have nothing to say: for those nothing is made anew.
        this.nothingOfMine = new Outcome.NotMine(nothing);
    }

    /**
     * @param name as operators know it
     * @param notMine what it means that nothing here concerned it: {@code no client certificate was presented}
     */
    public static Authenticator of(String name, String notMine, Authenticator inner) {
        var named = new Named(name, notMine);
        return presented -> inner.authenticate(presented).then(named::told);
    }

    /** The same for tokens. */
    public static TokenAuthenticator ofTokens(String name, String notMine, TokenAuthenticator inner) {
        var named = new Named(name, notMine);
        return (token, wanted) -> inner.authenticate(token, wanted).then(named::told);
    }

    private Outcome told(Outcome outcome) {
        var trail = outcome.trail();
        if (!trail.heard().isEmpty()) {
            return outcome;
        }
        return switch (outcome) {
            case Outcome.NotMine _ -> trail == Trail.EMPTY ? nothingOfMine : outcome.with(nothing.plus(trail));
            case Outcome.Refused refused ->
                said(refused, Heard.Answer.REFUSED, refused.reason() + ": " + refused.detailForLog());
            case Outcome.Unavailable unavailable -> said(unavailable, Heard.Answer.UNAVAILABLE, unavailable.what());
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Elsewhere elsewhere -> elsewhere;
        };
    }

    private Outcome said(Outcome outcome, Heard.Answer answer, String detail) {
        return outcome.with(new Trail(
                List.of(new Heard(name, answer, detail)), outcome.trail().warnings()));
    }
}

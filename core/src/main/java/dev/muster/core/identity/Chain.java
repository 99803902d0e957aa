package dev.muster.core.identity;

import java.util.List;

/**
 * Asks authenticators in order until one accepts. One fold: accepted returns at once; unavailable outranks refused
 * outranks not-mine. A refusal does not stop the chain, since a stale client certificate must not hide a good token;
 * it is remembered, so that nobody refused is ever taken for somebody who presented nothing.
 */
public final class Chain {

    private Chain() {}

    /** The chain over requests. */
    public static Authenticator of(List<Authenticator> members) {
        var order = List.copyOf(members);
        return presented -> fold(order, 0, Outcome.NOT_MINE, a -> a.authenticate(presented));
    }

    /** The chain over tokens. */
    public static TokenAuthenticator ofTokens(List<TokenAuthenticator> members) {
        var order = List.copyOf(members);
        return (token, wanted) -> fold(order, 0, Outcome.NOT_MINE, a -> a.authenticate(token, wanted));
    }

    @FunctionalInterface
    private interface Ask<A> {
        Outcome of(A member);
    }

    private static <A> Outcome fold(List<A> order, int from, Outcome worst, Ask<A> ask) {
        // Put together only when nobody accepts: most requests pass several that have nothing to say.
        var met = new Outcome[order.size()];
        for (int i = from; i < met.length; i++) {
            switch (ask.of(order.get(i))) {
                case Outcome.Accepted accepted -> {
                    return accepted;
                }
                case Outcome.Elsewhere elsewhere -> {
                    int next = i + 1;
                    return new Outcome.Elsewhere(
                            () -> resume(order, next, worst(worst, met, from, next - 1), elsewhere, ask));
                }
                case Outcome other -> met[i] = other;
            }
        }
        return worst(worst, met, from, met.length);
    }

    private static Outcome worst(Outcome before, Outcome[] met, int from, int to) {
        Outcome remembered = before;
        for (int i = from; i < to; i++) {
            remembered = worse(remembered, met[i]);
        }
        return remembered;
    }

    /** On a thread that may block: asks what had to wait, then goes on with the rest of the chain. */
    private static <A> Outcome resume(List<A> order, int next, Outcome soFar, Outcome.Elsewhere elsewhere, Ask<A> ask) {
        Outcome answer = elsewhere.ask().get();
        if (answer instanceof Outcome.Accepted) {
            return answer;
        }
        Outcome rest = fold(order, next, worse(soFar, answer), ask);
        return rest instanceof Outcome.Elsewhere again ? again.ask().get() : rest;
    }

    /** The one to remember, and all that was met on the way to both. */
    private static Outcome worse(Outcome a, Outcome b) {
        return outranking(a, b).with(a.trail().plus(b.trail()));
    }

    /** Of two refusals the first says more, unless it only said "nobody knows it". */
    private static Outcome outranking(Outcome a, Outcome b) {
        if (rank(b) != rank(a)) {
            return rank(b) > rank(a) ? b : a;
        }
        if (a instanceof Outcome.Refused first && b instanceof Outcome.Refused second) {
            return new Outcome.Refused(
                    first.reason() == Reason.UNKNOWN ? second.reason() : first.reason(),
                    first.detailForLog() + "; " + second.detailForLog());
        }
        return a;
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotMine _ -> 0;
            case Outcome.Refused _ -> 1;
            case Outcome.Unavailable _ -> 2;
            case Outcome.Accepted _ -> 3;
            case Outcome.Elsewhere _ -> 3;
        };
    }
}

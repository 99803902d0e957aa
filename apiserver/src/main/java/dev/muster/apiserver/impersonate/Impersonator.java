package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.Status;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.http.serve.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads wishes to act as another, and rules on them. Thread-safe. */
public final class Impersonator {

    private final Authorizer authorizer;
    private final List<Mode> modes;
    private final NamelessWords words;
    private final ImpersonationCounters counters = new ImpersonationCounters();
    private final LastModes last = new LastModes();

    private Impersonator(Authorizer authorizer, List<Mode> modes, NamelessWords words) {
        this.authorizer = authorizer;
        this.modes = modes;
        this.words = words;
    }

    /**
     * @param authorizer the whole chain
     * @param constrained whether the modes of KEP-5284 are tried before the old one
     */
    public static Impersonator of(Authorizer authorizer, boolean constrained) {
        if (!constrained) {
            return new Impersonator(authorizer, List.of(new LegacyMode(true)), NamelessWords.LEGACY);
        }
        var all = new ArrayList<>(ConstrainedMode.all());
        all.add(new LegacyMode(false));
        return new Impersonator(authorizer, List.copyOf(all), NamelessWords.CONSTRAINED);
    }

    /** How often what was tried. */
    public ImpersonationCounters counters() {
        return counters;
    }

    /** Whether a request speaks of impersonation at all. */
    public static boolean isWished(Set<String> headerNames) {
        return WishHeaders.areIn(headerNames);
    }

    /**
     * Takes the wish off a request that has one.
     *
     * @throws dev.muster.api.meta.StatusException 400 when it cannot be understood
     */
    public Wish take(Headers headers, Set<String> headerNames) {
        return WishHeaders.take(headers, headerNames, words);
    }

    /**
     * Tries the modes; the first that allows it wins, and the first that refused it has the word when none does.
     *
     * @param request what the caller wants to do as the other; its user is the real caller
     * @param mayWait whether this thread may block
     */
    public Ruling rule(Wish wish, Attributes request, boolean mayWait) {
        var checks = new Checks(authorizer, mayWait);
        Optional<Status> refused = Optional.empty();
        for (int at : order(request.user().name())) {
            var mode = modes.get(at);
            int allowedBefore = checks.allowed();
            int refusedBefore = checks.refused();
            var answer = mode.judge(wish, request, checks);
            if (checks.mustWait()) {
                return new Ruling.MustWait();
            }
            counters.asked(mode.name(), checks.allowed() - allowedBefore, checks.refused() - refusedBefore);
            if (answer.isEmpty()) {
                continue;
            }
            switch (answer.get()) {
                case Answer.Granted granted -> {
                    last.served(request.user().name(), at);
                    counters.granted(mode.name());
                    return new Ruling.Granted(granted.user(), mode.name(), mode.constraint(), checks.made());
                }
                case Answer.Refused no -> refused = refused.isPresent() ? refused : Optional.of(no.status());
            }
        }
        counters.refused();
        // The old mode always has an answer.
        return new Ruling.Forbidden(refused.orElseThrow(), checks.made());
    }

    private List<Integer> order(String caller) {
        var order = new ArrayList<Integer>(modes.size());
        int first = last.of(caller);
        if (first >= 0) {
            order.add(first);
        }
        for (int i = 0; i < modes.size(); i++) {
            if (i != first) {
                order.add(i);
            }
        }
        return order;
    }
}

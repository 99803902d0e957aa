package dev.muster.apiserver.audit;

import dev.muster.core.access.Decision.Grounds;

/**
 * What authorization said of a request.
 *
 * @param decision allow or forbid; empty = nothing was decided
 * @param grounds null = authorization was not asked
 */
record Verdict(String decision, Grounds grounds) {

    static final Verdict NONE = new Verdict("", null);
    static final Verdict FAILED = new Verdict("", Grounds.of("internal error"));
}

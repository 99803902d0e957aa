package dev.muster.authn.structured;

import dev.muster.authn.cel.Work;
import dev.muster.authn.oidc.ClaimRules;
import dev.muster.authn.oidc.Claims;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mappings and rules of one issuer. What is little work is done on the calling thread; what turns out to be more is begun again
 * on a thread of its own.
 */
public final class MappedRules implements ClaimRules {

    private final Plan plan;
    private final Apart apart;

    MappedRules(Plan plan, Apart apart) {
        this.plan = plan;
        this.apart = apart;
    }

    /**
     * A walk through everything, also past what refuses.
     *
     * @param steps in order
     * @param user who it would be; empty when something refuses
     */
    public record Rehearsal(List<Step> steps, Optional<User> user) {}

    /** Judges claims without stopping at the first refusal. */
    public Rehearsal rehearse(Claims claims) {
        var steps = new ArrayList<Step>();
        var judging = new Judging(plan, claims, Work.APART, steps::add);
        judging.walk();
        boolean fine = steps.stream().allMatch(Step::isFine);
        return new Rehearsal(List.copyOf(steps), fine ? Optional.of(judging.user()) : Optional.empty());
    }

    @Override
    public Set<String> distributed() {
        return plan.groups()
                .map(groups -> groups instanceof Plan.ByClaim by ? Set.of(by.claim()) : Set.<String>of())
                .orElse(Set.of());
    }

    @Override
    public Outcome judge(Claims claims) {
        return judge(claims, Work.ON_THE_WAY)
                .orElseGet(() -> new Outcome.Elsewhere(() -> apart.judge(() -> judge(claims, Work.APART)
                        .orElseThrow(() -> new IllegalStateException("nothing is too much there")))));
    }

    /** Empty when it was too much and there is a place where it may not be. */
    private Optional<Outcome> judge(Claims claims, Work work) {
        var stopped = new Step[1];
        var judging = new Judging(plan, claims, work, step -> {
            stopped[0] = step;
            return step.isFine();
        });
        if (judging.walk()) {
            return Optional.of(Outcome.accepted(judging.user()));
        }
        return stopped[0].verdict() == Step.Verdict.TOO_MUCH && work == Work.ON_THE_WAY
                ? Optional.empty()
                : Optional.of(Outcome.refused(Reason.POLICY, stopped[0].cause()));
    }
}

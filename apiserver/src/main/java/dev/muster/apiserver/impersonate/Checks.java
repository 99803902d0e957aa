package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The questions put to the authorizer for one request, and what came of them. */
final class Checks {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** Of the allowed and of the refused ones, each. */
    private static final int MOST = 16;

    private final Authorizer authorizer;
    private final boolean mayWait;
    private final List<Check> made = new ArrayList<>();
    private int allowed;
    private int refused;
    private boolean mustWait;

    Checks(Authorizer authorizer, boolean mayWait) {
        this.authorizer = authorizer;
        this.mayWait = mayWait;
    }

    /** Empty if it is allowed, otherwise the answer that says what is not. */
    Optional<Status> ask(Attributes asked) {
        if (mustWait) {
            return Optional.of(forbidden(asked, ""));
        }
        return switch (decide(asked)) {
            case Decision.Allow _ -> {
                note(asked, true);
                yield Optional.empty();
            }
            case Decision.Elsewhere _ -> {
                mustWait = true;
                yield Optional.of(forbidden(asked, ""));
            }
            case Decision.Deny deny -> refuse(asked, deny.grounds().text());
            case Decision.NoOpinion none
            when none.failed() -> {
                LOG.error(
                        "cannot decide whether {} may impersonate: {}",
                        GoText.quote(asked.user().name()),
                        none.grounds().text());
                yield refuse(asked, "");
            }
            case Decision.NoOpinion none -> refuse(asked, none.grounds().text());
        };
    }

    private Decision decide(Attributes asked) {
        var decision = authorizer.authorize(asked);
        return mayWait && decision instanceof Decision.Elsewhere elsewhere
                ? settled(elsewhere.ask().get())
                : decision;
    }

    private static Decision settled(Decision answer) {
        return answer instanceof Decision.Elsewhere
                ? new Decision.NoOpinion(Decision.Grounds.of("an authorizer went round in circles"), true)
                : answer;
    }

    /** Refused whatever the authorizer would say. */
    Optional<Status> refuse(Attributes asked, String reason) {
        note(asked, false);
        return Optional.of(forbidden(asked, reason));
    }

    private static Status forbidden(Attributes asked, String reason) {
        return ForbiddenStatuses.forbidden(asked, reason);
    }

    private void note(Attributes asked, boolean yes) {
        if (yes ? allowed++ < MOST : refused++ < MOST) {
            made.add(new Check(sentence(asked), yes));
        }
    }

    /** Whether an answer could not be had without waiting; all answers since are worthless. */
    boolean mustWait() {
        return mustWait;
    }

    /** How many were asked: allowed ones. */
    int allowed() {
        return allowed;
    }

    /** How many were refused. */
    int refused() {
        return refused;
    }

    /** In order; of very many only the first. */
    List<Check> made() {
        return List.copyOf(made);
    }

    private static String sentence(Attributes asked) {
        return switch (asked) {
            case Attributes.PathAttributes path -> path.verb() + " path " + GoText.quote(path.path());
            case Attributes.ResourceAttributes r ->
                r.verb() + " " + r.resource()
                        + (r.apiGroup().isEmpty() ? "" : "." + r.apiGroup())
                        + (r.subresource().isEmpty() ? "" : "/" + r.subresource())
                        + (r.name().isEmpty() ? "" : " " + GoText.quote(r.name()))
                        + (r.namespace().isEmpty() ? "" : " in namespace " + GoText.quote(r.namespace()));
        };
    }
}

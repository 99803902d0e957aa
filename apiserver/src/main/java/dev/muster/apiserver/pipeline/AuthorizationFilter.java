package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.BindingLister;
import dev.muster.core.access.Decision;
import dev.muster.http.serve.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether they may. Only an allow goes on; no opinion after something failed is a 500, any other no is a 403. */
final class AuthorizationFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationFilter.class);

    private final Authorizer authorizer;
    private final BindingLister bindings;
    private final Responder responder;
    private final Refusals refusals;
    private final Counters counters;

    AuthorizationFilter(Authorizer authorizer, BindingLister bindings, Responder responder, Observers observers) {
        this.authorizer = authorizer;
        this.bindings = bindings;
        this.responder = responder;
        this.refusals = observers.refusals();
        this.counters = observers.counters();
    }

    @Override
    public void apply(Turn turn) {
        var asked = turn.info().attributes(turn.user());
        judge(turn, asked, authorizer.authorize(asked));
    }

    private void judge(Turn turn, Attributes asked, Decision decision) {
        switch (decision) {
            case Decision.Allow allow -> {
                counters.authorization(Counters.Authorization.ALLOWED);
                if (turn.audit() != null) {
                    turn.audit().decided(true, allow.grounds());
                }
                turn.proceed();
            }
            case Decision.Elsewhere elsewhere ->
                turn.offload(Lane.BLOCKING, () -> {
                    var answer = elsewhere.ask().get();
                    judge(turn, asked, answer instanceof Decision.Elsewhere ? FAILED : answer);
                });
            case Decision.Deny deny -> forbid(turn, asked, deny.grounds(), Counters.Authorization.DENIED);
            case Decision.NoOpinion none
            when none.failed() -> fail(turn, none.grounds().text());
            case Decision.NoOpinion none -> forbid(turn, asked, none.grounds(), Counters.Authorization.NO_OPINION);
        }
    }

    private static final Decision FAILED =
            new Decision.NoOpinion(Decision.Grounds.of("an authorizer went round in circles"), true);

    private void forbid(Turn turn, Attributes asked, Decision.Grounds grounds, Counters.Authorization result) {
        counters.authorization(result);
        if (turn.audit() != null) {
            turn.audit().decided(false, grounds);
        }
        var status = ForbiddenStatuses.forbidden(asked, grounds.text());
        String namespace = asked instanceof Attributes.ResourceAttributes resource ? resource.namespace() : "";
        refusals.tell(
                turn,
                Story.forbidden(
                        status.message(),
                        () -> bindings.bindingsOf(turn.user(), namespace),
                        () -> bindings.nearest(asked)));
        responder.status(turn, status);
    }

    private void fail(Turn turn, String reason) {
        counters.authorization(Counters.Authorization.ERROR);
        if (turn.audit() != null) {
            turn.audit().undecided();
        }
        LOG.error("cannot decide: {}: {}", reason, LogText.of(turn));
        responder.text(
                turn,
                500,
                "Internal Server Error: " + GoText.quote(turn.info().path())
                        + ": cannot decide whether this is allowed\n");
    }
}

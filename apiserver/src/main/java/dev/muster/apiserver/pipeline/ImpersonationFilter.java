package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.impersonate.Impersonator;
import dev.muster.apiserver.impersonate.Ruling;
import dev.muster.apiserver.impersonate.Wish;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.BindingLister;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Lane;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom. A request that speaks of impersonation goes on as the wanted user or not at all: to pass the wish over would let the
 * caller act with rights that he believes to have laid down.
 */
final class ImpersonationFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ImpersonationFilter.class);

    /** More questions than this are not asked on the event loop. */
    private static final int MANY = 64;

    private final Impersonator impersonator;
    private final BindingLister bindings;
    private final Responder responder;
    private final Refusals refusals;
    private final LiveRequests live;

    ImpersonationFilter(Impersonator impersonator, BindingLister bindings, Responder responder, Observers observers) {
        this.impersonator = impersonator;
        this.bindings = bindings;
        this.responder = responder;
        this.refusals = observers.refusals();
        this.live = observers.live();
    }

    @Override
    public void apply(Turn turn) {
        if (!Impersonator.isWished(turn.headerNames())) {
            turn.proceed();
            return;
        }
        var wish = impersonator.take(turn.headers(), turn.headerNames());
        if (wish.parts() > MANY) {
            turn.offload(Lane.CPU, () -> judge(turn, wish, false));
        } else {
            judge(turn, wish, false);
        }
    }

    private void judge(Turn turn, Wish wish, boolean mayWait) {
        switch (impersonator.rule(wish, turn.info().attributes(turn.caller()), mayWait)) {
            case Ruling.MustWait _ -> turn.offload(Lane.BLOCKING, () -> judge(turn, wish, true));
            case Ruling.Forbidden no -> {
                turn.acting(new Acting(wish, "", no.checks()));
                refuse(turn, no.status());
            }
            case Ruling.Granted granted -> grant(turn, wish, granted);
        }
    }

    private void grant(Turn turn, Wish wish, Ruling.Granted granted) {
        var acting = new Acting(wish, granted.constraint(), granted.checks());
        var other = new Outcome.Accepted(granted.user(), Audiences.UNSPECIFIED, List.of());
        var takenBack = live.takenBack(other);
        if (takenBack.isPresent()) {
            turn.acting(acting);
            LOG.info(
                    "{} is taken back by {}: {}",
                    GoText.quote(LogText.cut(wish.name())),
                    takenBack.get(),
                    LogText.of(turn));
            refuse(turn, takenBackStatus(turn.caller(), wish));
            return;
        }
        turn.impersonate(granted.user(), acting);
        if (turn.info().longRunning()) {
            turn.onClosed(live.begun(other, turn::cutOff));
        }
        turn.proceed();
    }

    /** Says what is the matter: the caller may know, he is allowed to act as this user. */
    private static Status takenBackStatus(User caller, Wish wish) {
        var asked = ResourceAttributes.of(caller, "impersonate", "", "", "users", "", wish.name());
        return ForbiddenStatuses.forbidden(asked, "the credentials of this user have been taken back");
    }

    private void refuse(Turn turn, Status status) {
        var caller = turn.caller();
        refusals.tell(turn, Story.forbidden(status.message(), () -> bindings.bindingsOf(caller, ""), List::of));
        responder.status(turn, status);
    }
}

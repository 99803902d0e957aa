package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.GoText;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.http.serve.Lane;

/** Records that a request has come, by who really sent it. In the list only where requests are audited. */
final class AuditFilter implements Filter {

    private final Responder responder;

    AuditFilter(Responder responder) {
        this.responder = responder;
    }

    @Override
    public void apply(Turn turn) {
        boolean now = turn.audit()
                .received(
                        turn.auditId(),
                        turn.info(),
                        turn.user(),
                        recorded -> turn.offload(Lane.BLOCKING, () -> goOn(turn, recorded)));
        if (now) {
            turn.proceed();
        }
    }

    private void goOn(Turn turn, boolean recorded) {
        if (recorded) {
            turn.proceed();
        } else {
            responder.text(
                    turn,
                    500,
                    "Internal Server Error: " + GoText.quote(turn.info().path()) + ": failed to store audit event\n");
        }
    }
}

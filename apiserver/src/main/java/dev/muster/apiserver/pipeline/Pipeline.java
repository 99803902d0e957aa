package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.audit.Auditor;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Handler;
import dev.muster.http.serve.IdentityHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** Every request's way, from the wire to its handler. */
public final class Pipeline implements Handler {

    private final Filter[] filters;
    private final PanicGuard guard;
    private final Deadlines deadlines;
    private final TurnEnd end;
    private final Auditor auditor;

    /**
     * @param dispatch where authorised requests go
     * @param timer runs deadlines; its tasks are short
     */
    public Pipeline(
            Doors doors,
            Dispatch dispatch,
            Responder responder,
            Limits limits,
            Observers observers,
            ScheduledExecutorService timer) {
        var counters = observers.counters();
        var reading = new InFlight.Share(limits.reading());
        var mutating = new InFlight.Share(limits.mutating());
        counters.gauge("apiserver_current_inflight_requests{request_kind=\"readOnly\"}", reading::taken);
        counters.gauge("apiserver_current_inflight_requests{request_kind=\"mutating\"}", mutating::taken);
        var identityHeaders = new IdentityHeaders(doors.identityHeaders(), doors.identityPrefixes());
        guard = new PanicGuard(responder);
        deadlines = new Deadlines(timer, responder);
        end = (turn, status) -> {
            counters.request(turn.info() == null ? "" : turn.info().verb(), status);
            if (status == 401) {
                limits.addresses().refused(turn.remote());
            }
        };
        auditor = observers.auditor().orElse(null);
        filters = Stream.of(
                        // A name first, so that every answer, log line and story can carry it.
                        new AuditIdFilter(observers.auditIds()),
                        // Outside of all that could fail.
                        guard,
                        // Before anything is spent on a stranger.
                        new AddressFilter(limits.addresses(), responder),
                        // The one reading of the URL; what has two readings ends here.
                        new RequestInfoFilter(),
                        new DefaultHeadersFilter(),
                        // The clock starts before the first thing that may wait.
                        new DeadlineFilter(limits.deadline()),
                        // Who: before everything that tells what exists.
                        new AuthenticationFilter(doors, identityHeaders, responder, observers),
                        // By whom, really: after who, before as whom.
                        auditor == null ? null : new AuditFilter(responder),
                        // As whom: before it is asked what they may do.
                        new ImpersonationFilter(doors.impersonator(), doors.bindings(), responder, observers),
                        // Counted by who they are, so after it is known.
                        new InFlight(reading, mutating, responder),
                        // Whether they may: before routing, decoding and negotiation.
                        new AuthorizationFilter(doors.authorizer(), doors.bindings(), responder, observers),
                        dispatch)
                .filter(Objects::nonNull)
                .toArray(Filter[]::new);
    }

    @Override
    public void handle(Exchange exchange) {
        var turn = new Turn(exchange, filters, guard, end, auditor == null ? null : auditor.begin(exchange));
        turn.proceed();
        if (turn.isOpen()) {
            // Also where the server has answered for the handler: only then is what the turn holds given back.
            turn.onClosed(turn::closed);
            deadlines.watch(turn);
        }
    }

    /** The filters in order, by name. */
    List<String> order() {
        return Arrays.stream(filters).map(f -> f.getClass().getSimpleName()).toList();
    }
}

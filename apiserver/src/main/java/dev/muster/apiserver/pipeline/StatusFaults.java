package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.audit.RequestAudit;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import dev.muster.http.server.Fault;
import dev.muster.http.server.FaultHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the server has to say by itself, as a Status: a body too large or too slow, no room, no answer in time. */
public final class StatusFaults implements FaultHandler {

    private final Responder responder;

    public StatusFaults(Responder responder) {
        this.responder = responder;
    }

    @Override
    public Response answer(Exchange exchange, Fault fault) {
        var response = word(exchange, fault);
        exchange.get(RequestAudit.SLOT).ifPresent(audit -> audit.answeredByServer(response));
        return response;
    }

    private Response word(Exchange exchange, Fault fault) {
        return switch (fault) {
            case Fault.Thrown _ -> FaultHandler.PLAIN.answer(exchange, fault);
            case Fault.Busy busy ->
                status(exchange, RequestStatuses.tooManyRequests((int)
                        Math.max(1, busy.retryAfter().toSeconds())));
            case Fault.BodyTooLarge large -> status(exchange, RequestStatuses.bodyTooLarge(large.limit()));
            case Fault.BodyTooSlow _ ->
                status(exchange, RequestStatuses.badRequest("the body of the request did not come in time"));
            case Fault.Unanswered _ -> status(exchange, Deadlines.TIMEOUT);
        };
    }

    private Response status(Exchange exchange, Status status) {
        var form = responder.formOfErrors(exchange);
        Map<String, List<String>> headers = new HashMap<>(form.type().headers());
        headers.put("cache-control", List.of("no-cache, private"));
        int seconds = status.details().map(Status.Details::retryAfterSeconds).orElse(0);
        if (seconds > 0) {
            headers.put("retry-after", List.of(Integer.toString(seconds)));
        }
        return new Response(status.code(), headers, responder.encode(status.toTree(), form));
    }
}

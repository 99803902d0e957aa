package dev.muster.http.server;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Words the answer to a {@link Fault}. What it throws is logged, and the plain answer is sent instead. */
@FunctionalInterface
public interface FaultHandler {

    /** Short plain text; never what went wrong inside. */
    FaultHandler PLAIN = (_, fault) -> switch (fault) {
        case Fault.Thrown _ -> plain(500, "Internal Server Error");
        case Fault.Busy busy -> busy(busy);
        case Fault.BodyTooLarge _ -> plain(413, "Request Entity Too Large");
        case Fault.BodyTooSlow _ -> plain(408, "Request Timeout");
        case Fault.Unanswered _ -> plain(504, "Gateway Timeout");
    };

    Response answer(Exchange exchange, Fault fault);

    private static Response busy(Fault.Busy busy) {
        var seconds = String.valueOf(Math.max(1, busy.retryAfter().toSeconds()));
        return new Response(
                429,
                Map.of("content-type", List.of("text/plain; charset=utf-8"), "retry-after", List.of(seconds)),
                "Too many requests, please try again later.\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Response plain(int status, String text) {
        return Response.of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}

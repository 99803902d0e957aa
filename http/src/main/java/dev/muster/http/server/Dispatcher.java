package dev.muster.http.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** From a request as Vert.x hands it over to an exchange, or to a refusal that needs no handler. */
final class Dispatcher {

    private Dispatcher() {}

    static void request(HttpServerRequest request) {
        var connection = Connection.of(request);
        if (connection.closing()) {
            return;
        }
        if (!connection.http2 && !oneHost(request)) {
            refuse(request, 400, "Bad Request: one Host header, please");
        } else if (Expectation.unknown(request)) {
            refuse(request, 417, "Expectation Failed");
        } else {
            RequestTarget.parse(request.uri())
                    .ifPresentOrElse(
                            target -> new VertxExchange(connection, request, target).run(),
                            () -> refuse(request, 400, "Bad Request: malformed request target"));
        }
    }

    /** RFC 9112 section 3.2: HTTP/1.1 has exactly one. */
    private static boolean oneHost(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_0;
    }

    /** A head that was not understood; the connection ends, since nobody knows where the next request would begin. */
    static void invalid(HttpServerRequest request) {
        switch (request.decoderResult().cause()) {
            case HeadRefused refused -> refuse(request, refused.status(), refused.getMessage());
            case TooLongHttpLineException _ -> refuse(request, 414, "request line too long");
            case TooLongHttpHeaderException _ -> refuse(request, 431, "request header fields too large");
            default -> refuse(request, 400, "malformed request");
        }
    }

    private static void refuse(HttpServerRequest request, int status, String text) {
        var response = request.response().setStatusCode(status);
        response.headers().set(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (request.version() != HttpVersion.HTTP_2) {
            var connection = Connection.of(request);
            connection.lastAnswer();
            response.headers().set(HttpHeaders.CONNECTION, "close");
            response.end(text + "\n").onComplete(_ -> connection.closeSoon());
        } else {
            response.end(text + "\n");
        }
    }
}

package dev.muster.http.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** {@code Expect: 100-continue} (RFC 9110 section 10.1.1): the client goes on when its body is asked for, not before. */
final class Expectation {

    private Expectation() {}

    static boolean wanted(HttpServerRequest request) {
        var expect = request.getHeader("expect");
        return expect != null && request.version() != HttpVersion.HTTP_1_0 && expect.equalsIgnoreCase("100-continue");
    }

    /** Something else is expected that nobody here can give: 417. */
    static boolean unknown(HttpServerRequest request) {
        var expect = request.getHeader("expect");
        return expect != null && !expect.isEmpty() && !expect.equalsIgnoreCase("100-continue");
    }
}

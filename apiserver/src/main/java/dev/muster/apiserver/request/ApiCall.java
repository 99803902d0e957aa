package dev.muster.apiserver.request;

import dev.muster.core.identity.User;
import dev.muster.http.serve.Exchange;

/** A request that has passed authentication and authorization, on its way to a resource or path handler. */
public record ApiCall(Exchange exchange, RequestInfo info, User user) {

    /** A sentence for the caller's terminal: {@code Warning: 299 - "text"}. */
    public void warn(String text) {
        exchange.addHeader("Warning", Warnings.header(text));
    }
}

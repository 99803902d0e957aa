package dev.muster.apiserver.request;

import dev.muster.core.identity.User;
import dev.muster.http.serve.Exchange;

/**
 * A request that has passed authentication and authorization, on its way to a resource or path handler.
 *
 * @param user as whom it is served: whose rights count
 * @param caller who really called; another than the user only under impersonation
 */
public record ApiCall(Exchange exchange, RequestInfo info, User user, User caller) {

    /** By the user themselves. */
    public ApiCall(Exchange exchange, RequestInfo info, User user) {
        this(exchange, info, user, user);
    }

    /** A sentence for the caller's terminal: {@code Warning: 299 - "text"}. */
    public void warn(String text) {
        exchange.addHeader("Warning", Warnings.header(text));
    }
}

package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.negotiate.Responder;

/** Turns away addresses that have presented too many bad credentials. */
final class AddressFilter implements Filter {

    private final AddressLimit limit;
    private final Responder responder;

    AddressFilter(AddressLimit limit, Responder responder) {
        this.limit = limit;
        this.responder = responder;
    }

    @Override
    public void apply(Turn turn) {
        if (limit.isSpent(turn.remote())) {
            turn.addHeader("retry-after", "1");
            turn.closeConnectionAfter();
            responder.text(turn, 429, "Too many refused credentials from this address, please try again later.\n");
        } else {
            turn.proceed();
        }
    }
}

package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.request.RequestInfoParser;

/** Reads the request line, once for all who come after. */
final class RequestInfoFilter implements Filter {

    @Override
    public void apply(Turn turn) {
        turn.info(RequestInfoParser.parse(turn.method(), turn.path(), turn.query()));
        turn.proceed();
    }
}

package dev.muster.apiserver.pipeline;

/**
 * {@code Cache-Control: no-cache, private} where a handler says nothing else, since everything here is behind authorization,
 * and {@code X-Content-Type-Options: nosniff}.
 */
final class DefaultHeadersFilter implements Filter {

    @Override
    public void apply(Turn turn) {
        turn.wantDefaultHeaders();
        turn.proceed();
    }
}

package dev.muster.apiserver.pipeline;

/** One step on a request's way: answers, or lets it {@link Turn#proceed()}, now or later from another thread. */
@FunctionalInterface
interface Filter {
    void apply(Turn turn);
}

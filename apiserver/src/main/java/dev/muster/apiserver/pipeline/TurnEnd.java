package dev.muster.apiserver.pipeline;

/** Hears of every answer that leaves. */
@FunctionalInterface
interface TurnEnd {
    void answered(Turn turn, int status);
}

package dev.muster.api.strategy;

import dev.muster.api.kinds.ResourceType;

/** Which strategy goes with which kind. */
public final class Strategies {

    private Strategies() {}

    public static Strategy of(ResourceType type) {
        throw new UnsupportedOperationException("to be written");
    }
}

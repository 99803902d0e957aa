package dev.muster.apiserver.controllers.loop;

import java.time.Duration;
import java.util.Optional;

/** Brings one thing to the state it should be in. May block. */
@FunctionalInterface
public interface Reconciler {

    /**
     * Looks at one key. What it throws is logged, and the key is tried again, later each time.
     *
     * @return when to look again; empty = when something happens
     */
    Optional<Duration> reconcile(String key);
}

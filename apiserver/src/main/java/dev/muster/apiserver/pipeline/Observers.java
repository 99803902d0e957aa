package dev.muster.apiserver.pipeline;

import java.util.function.Supplier;

/** Who keeps account of requests. */
public record Observers(Counters counters, Refusals refusals, Supplier<String> auditIds) {}

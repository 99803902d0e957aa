package dev.muster.apiserver.audit;

import dev.muster.core.audit.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** What is counted of auditing, by Kubernetes' names. */
final class AuditCounts {

    final LongAdder events = new LongAdder();
    final LongAdder rejected = new LongAdder();
    private final Map<Level, LongAdder> levels = new EnumMap<>(Level.class);

    AuditCounts() {
        for (Level level : Level.values()) {
            levels.put(level, new LongAdder());
        }
    }

    void ruled(Level level) {
        levels.get(level).increment();
    }

    void report(BiConsumer<String, LongSupplier> counters) {
        counters.accept("apiserver_audit_event_total", events::sum);
        counters.accept("apiserver_audit_requests_rejected_total", rejected::sum);
        levels.forEach((level, count) ->
                counters.accept("apiserver_audit_level_total{level=\"" + level.word() + "\"}", count::sum));
    }
}

package dev.muster.server.audit;

import dev.muster.core.audit.AuditEvent;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that were lost: counted all, spoken of now and then. Thread-safe. */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger("dev.muster.audit");
    private static final long QUIET_NANOS = 5_000_000_000L;

    /** The parts that can lose events, by the names that Kubernetes counts them under. */
    enum Plugin {
        LOG("log"),
        BUFFERED("buffered"),
        TRUNCATE("truncate");

        private final String label;

        Plugin(String label) {
            this.label = label;
        }
    }

    private final LongAdder[] lost = new LongAdder[Plugin.values().length];
    private long unsaid;
    private long spokenAt = System.nanoTime() - QUIET_NANOS;

    Errors() {
        for (int i = 0; i < lost.length; i++) {
            lost[i] = new LongAdder();
        }
    }

    void lost(Plugin plugin, String why, List<AuditEvent> events) {
        lost[plugin.ordinal()].add(events.size());
        long more;
        synchronized (this) {
            unsaid += events.size();
            if (System.nanoTime() - spokenAt < QUIET_NANOS) {
                return;
            }
            spokenAt = System.nanoTime();
            more = unsaid;
            unsaid = 0;
        }
        LOG.error(
                "{} audit events are lost, {}: {}; the last: {}",
                more,
                plugin.label,
                why,
                events.getLast().summary());
    }

    /** What is wrong though nothing is lost. */
    void said(String what) {
        synchronized (this) {
            if (System.nanoTime() - spokenAt < QUIET_NANOS) {
                return;
            }
            spokenAt = System.nanoTime();
        }
        LOG.error("{}", what);
    }

    void report(BiConsumer<String, LongSupplier> counters) {
        for (Plugin plugin : Plugin.values()) {
            counters.accept(
                    "apiserver_audit_error_total{plugin=\"" + plugin.label + "\"}", lost[plugin.ordinal()]::sum);
        }
    }
}

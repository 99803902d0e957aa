package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.audit.Auditor;
import dev.muster.apiserver.pipeline.Counters;
import dev.muster.server.audit.AuditLog;
import dev.muster.server.config.AuditOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who keeps the record of requests. */
final class Auditing {

    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

    private Auditing() {}

    /** Empty when there is nothing to record, or nowhere. To be closed after the last request. */
    static Optional<Auditor> open(
            AuditOptions options, Kinds kinds, Counters counters, InstantSource clock, Closing closing)
            throws ConfigurationException {
        if (!options.isOn()) {
            if (options.log().isPresent()) {
                LOG.warn("--audit-log-path without --audit-policy-file: no events will be recorded");
            } else if (options.policy().isPresent()) {
                LOG.warn("--audit-policy-file without --audit-log-path: no events will be recorded");
            }
            return Optional.empty();
        }
        var settings = options.log().orElseThrow();
        try {
            var log = closing.add("audit log", AuditLog.open(settings, clock));
            log.report(counters::count);
            var auditor = new Auditor(options.policy().orElseThrow(), log, kinds, clock);
            auditor.report(counters::count);
            return Optional.of(auditor);
        } catch (IOException e) {
            throw new ConfigurationException("--audit-log-path", "cannot be written: " + e.getMessage());
        }
    }
}

package dev.muster.apiserver.audit;

import dev.muster.api.kinds.Kinds;
import dev.muster.core.audit.AuditSink;
import dev.muster.core.audit.Policy;
import dev.muster.http.serve.Exchange;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Audits requests by a policy into a sink. */
public final class Auditor {

    final Policy policy;
    final AuditSink sink;
    final InstantSource clock;
    final Bodies bodies;
    final AuditCounts counts = new AuditCounts();

    public Auditor(Policy policy, AuditSink sink, Kinds kinds, InstantSource clock) {
        this.policy = policy;
        this.sink = sink;
        this.clock = clock;
        this.bodies = new Bodies(kinds);
    }

    /** Goes along with a request that has just come. */
    public RequestAudit begin(Exchange wire) {
        return new RequestAudit(this, wire);
    }

    /** Hands over what is counted: the name of each series, and its value now. */
    public void report(BiConsumer<String, LongSupplier> counters) {
        counts.report(counters);
    }
}

package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.audit.Auditor;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.identity.LiveRequests;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who keeps account of requests.
 *
 * @param live told of requests that go on for long, and ends them when their credential is good no more
 * @param certificates told of requests that were accepted by a client certificate
 * @param auditor empty = requests are not audited
 */
public record Observers(
        Counters counters,
        Refusals refusals,
        Supplier<String> auditIds,
        LiveRequests live,
        CertificateObserver certificates,
        Optional<Auditor> auditor) {

    public Observers(Counters counters, Refusals refusals, Supplier<String> auditIds, LiveRequests live) {
        this(counters, refusals, auditIds, live, CertificateObserver.NOBODY, Optional.empty());
    }

    public Observers(Counters counters, Refusals refusals, Supplier<String> auditIds) {
        this(counters, refusals, auditIds, LiveRequests.UNWATCHED);
    }
}

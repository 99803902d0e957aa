package dev.muster.server.wiring;

import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.audit.Auditor;
import dev.muster.apiserver.impersonate.Impersonator;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.pipeline.AddressLimit;
import dev.muster.apiserver.pipeline.AuditIds;
import dev.muster.apiserver.pipeline.Counters;
import dev.muster.apiserver.pipeline.Dispatch;
import dev.muster.apiserver.pipeline.Doors;
import dev.muster.apiserver.pipeline.Limits;
import dev.muster.apiserver.pipeline.Observers;
import dev.muster.apiserver.pipeline.Pipeline;
import dev.muster.apiserver.pipeline.Refusals;
import dev.muster.apiserver.pipeline.StatusFaults;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.identity.LiveRequests;
import dev.muster.http.server.FaultHandler;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.config.FeatureGates;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** What stands between the wire and the resources. */
final class Front {

    /** Refused credentials one address may present at once, and how many of them wear off in a second. */
    private static final int REFUSALS_AT_ONCE = 1000;

    private static final int REFUSALS_PER_SECOND = 100;
    private static final int REMEMBERED_REFUSALS = 4096;

    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Responder responder;
    private final Counters counters = new Counters();
    private final Refusals refusals;
    private final AuditIds auditIds;
    private final long seed;

    Front(Kinds kinds, InstantSource clock, SecureRandom random, ScheduledExecutorService timer) {
        this.clock = clock;
        this.timer = timer;
        this.responder = Responder.withProtobuf(new Protobuf(kinds)::write);
        this.refusals = new Refusals(REMEMBERED_REFUSALS, true, clock, random);
        this.auditIds = new AuditIds(random);
        this.seed = random.nextLong();
    }

    Responder responder() {
        return responder;
    }

    /** Words what the server itself answers, before or instead of the pipeline. */
    FaultHandler faults() {
        return new StatusFaults(responder);
    }

    Refusals refusals() {
        return refusals;
    }

    Counters counters() {
        return counters;
    }

    /** Rules on who may act as whom. */
    Impersonator impersonator(Authorizer authorizer, FeatureGates features) {
        var impersonator = Impersonator.of(authorizer, features.enabled(FeatureGates.CONSTRAINED_IMPERSONATION));
        impersonator.counters().tell(counters::count);
        return impersonator;
    }

    Pipeline pipeline(
            Doors doors, ApiHandler resources, PathRoutes paths, ApiserverOptions.Limits options, Watchers watchers) {
        var limits = new Limits(
                unlimitedIfZero(options.readsInFlight()),
                unlimitedIfZero(options.writesInFlight()),
                options.requestTimeout(),
                new AddressLimit(REFUSALS_AT_ONCE, REFUSALS_PER_SECOND, clock, seed));
        return new Pipeline(
                doors,
                new Dispatch(resources, paths, responder),
                responder,
                limits,
                new Observers(
                        counters, refusals, auditIds, watchers.live(), watchers.certificates(), watchers.auditor()),
                timer);
    }

    /** Who is told of accepted requests. */
    record Watchers(LiveRequests live, CertificateObserver certificates, Optional<Auditor> auditor) {}

    private static int unlimitedIfZero(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}

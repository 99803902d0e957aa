package dev.muster.server.wiring;

import dev.muster.apiserver.health.Check;
import dev.muster.authz.aggregation.AggregationController;
import dev.muster.authz.bootstrap.Desired;
import dev.muster.authz.bootstrap.ReconcileReport.Operation;
import dev.muster.authz.bootstrap.Reconciler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default roles and bindings, brought up to date before anything is served. What cannot be written then is tried again, and
 * {@code /readyz} says so until it is done: reads must go on even when the disk is full.
 */
final class PolicyStart {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyStart.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final RbacStorage storage;
    private final AggregationController aggregation;
    private final List<Desired> desired;
    private volatile Optional<String> problem = Optional.of("not finished");

    /** @param desired what should at least be there */
    PolicyStart(RbacStorage storage, List<Desired> desired) {
        this.storage = storage;
        this.desired = List.copyOf(desired);
        this.aggregation = new AggregationController(storage);
    }

    Check check() {
        return Check.ofReadiness("poststarthook/rbac/bootstrap-roles", () -> problem);
    }

    /** One round now; later ones by the timer's clock while something is missing. */
    void start(Storage cache, Closing closing, ScheduledExecutorService timer) throws InterruptedException {
        closing.add("aggregation", aggregation);
        aggregation.start(cache.cache());
        round(timer);
        aggregation.round();
    }

    private void round(ScheduledExecutorService timer) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var report = new Reconciler(storage, threads).reconcile(desired);
            var failed = report.failed();
            problem = failed.isEmpty() ? Optional.empty() : Optional.of(failed.size() + " not written");
            for (Operation operation : Operation.values()) {
                int count = report.with(operation).size();
                if (operation != Operation.NONE && count > 0) {
                    LOG.info("default roles and bindings: {} {}", count, operation);
                }
            }
            failed.forEach(entry -> LOG.warn("{} could not be written: {}", entry.place(), entry.why()));
        }
        if (problem.isPresent()) {
            timer.schedule(() -> again(timer), AGAIN.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void again(ScheduledExecutorService timer) {
        Thread.ofVirtual().name("rbac-bootstrap").start(() -> {
            try {
                round(timer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

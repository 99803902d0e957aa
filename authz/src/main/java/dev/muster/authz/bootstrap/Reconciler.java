package dev.muster.authz.bootstrap;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.bootstrap.ReconcileReport.Operation;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.RbacObjects;
import dev.muster.authz.rbac.RbacObjects.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Brings the stored roles and bindings to what they should at least be. Writes only what is missing, all at once, so that a
 * store which commits in groups needs few of them. Run at start; what is deleted later stays deleted until the next start.
 */
public final class Reconciler {

    private static final int MOST_ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RbacObjects objects;
    private final ExecutorService threads;

    /**
     * @param threads may block in {@code objects}: one virtual thread per task
     */
    public Reconciler(RbacObjects objects, ExecutorService threads) {
        this.objects = objects;
        this.threads = threads;
    }

    /** One round over all; what failed is in the report. */
    public ReconcileReport reconcile(List<Desired> all) throws InterruptedException {
        List<Callable<ReconcileReport.Entry>> tasks = all.stream()
                .map(desired -> (Callable<ReconcileReport.Entry>) () -> reconcile(desired))
                .toList();
        var entries = new ArrayList<ReconcileReport.Entry>();
        List<Future<ReconcileReport.Entry>> done = threads.invokeAll(tasks);
        for (int i = 0; i < done.size(); i++) {
            try {
                entries.add(done.get(i).get());
            } catch (ExecutionException e) {
                entries.add(
                        new ReconcileReport.Entry(all.get(i).place(), Operation.FAILED, String.valueOf(e.getCause())));
            }
        }
        return new ReconcileReport(entries);
    }

    /** Rounds, a second apart, until nothing fails or the time is up; the last round's failures are in the report. */
    public ReconcileReport reconcileWithin(Duration atMost, List<Desired> all) throws InterruptedException {
        ReconcileReport report = reconcile(all);
        for (long i = 1; !report.failed().isEmpty() && PAUSE.multipliedBy(i).compareTo(atMost) <= 0; i++) {
            Thread.sleep(PAUSE);
            List<Place> failed =
                    report.failed().stream().map(ReconcileReport.Entry::place).toList();
            report = report.updatedBy(reconcile(
                    all.stream().filter(d -> failed.contains(d.place())).toList()));
        }
        return report;
    }

    private ReconcileReport.Entry reconcile(Desired desired) {
        String trouble = "";
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<ApiObject> stored = objects.get(desired.place());
            Step step = desired.object().isEmpty() ? remove(desired, stored) : bring(desired, stored);
            switch (step.result()) {
                case Result.Done _ -> {
                    return new ReconcileReport.Entry(desired.place(), step.operation(), "");
                }
                case Result.Failed failed -> {
                    return new ReconcileReport.Entry(desired.place(), Operation.FAILED, failed.why());
                }
                // Somebody else was quicker: look again.
                case Result.Exists _, Result.Conflict _, Result.Missing _ ->
                    trouble = step.operation() + " met " + step.result();
            }
        }
        return new ReconcileReport.Entry(desired.place(), Operation.FAILED, "gave up: " + trouble);
    }

    private record Step(Operation operation, Result result) {}

    private Step remove(Desired desired, Optional<ApiObject> stored) {
        return stored.map(there -> new Step(Operation.DELETED, objects.delete(desired.place(), there)))
                .orElse(new Step(Operation.NONE, Result.DONE));
    }

    private Step bring(Desired desired, Optional<ApiObject> stored) {
        ApiObject expected = desired.object().orElseThrow();
        if (stored.isEmpty()) {
            return new Step(Operation.CREATED, objects.create(desired.place(), expected));
        }
        return switch (Reconciliation.of(desired, stored.get())) {
            case Reconciliation.Nothing _ -> new Step(Operation.NONE, Result.DONE);
            case Reconciliation.Protected _ -> new Step(Operation.PROTECTED, Result.DONE);
            case Reconciliation.Update update ->
                new Step(Operation.UPDATED, objects.update(desired.place(), update.object()));
            case Reconciliation.Recreate _ -> {
                Result deleted = objects.delete(desired.place(), stored.get());
                boolean gone = deleted instanceof Result.Done || deleted instanceof Result.Missing;
                yield new Step(Operation.RECREATED, gone ? objects.create(desired.place(), expected) : deleted);
            }
        };
    }
}

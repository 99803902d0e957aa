package dev.muster.store.sqlite;

import dev.muster.core.store.Event;
import dev.muster.core.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all that waits, applies it in one transaction, and answers after the commit has
 * returned, that is: after the log has been synced. While it does so the next batch gathers.
 */
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Connection connection;
    private final Intake intake;
    private final Changes changes;
    private final Compaction compaction;
    private final Checkpoint checkpoint;
    private final Consumer<List<Event>> publish;
    private Optional<String> stopped = Optional.empty();

    Writer(
            Connection connection,
            Intake intake,
            Changes changes,
            Compaction compaction,
            Checkpoint checkpoint,
            Consumer<List<Event>> publish) {
        this.connection = connection;
        this.intake = intake;
        this.changes = changes;
        this.compaction = compaction;
        this.checkpoint = checkpoint;
        this.publish = publish;
    }

    @Override
    public void run() {
        while (true) {
            Optional<List<Job>> batch = intake.take(stopped.isPresent() || !compaction.pending());
            if (batch.isEmpty()) {
                return;
            }
            try {
                work(batch.get());
            } catch (RuntimeException | Error e) {
                stop("it failed unexpectedly: " + e, e);
                batch.get().forEach(this::inDoubt);
            }
        }
    }

    private void work(List<Job> batch) {
        var mutations = new ArrayList<Job.Mutate>();
        for (Job job : batch) {
            if (stopped.isPresent()) {
                job.reject(stopped.get());
                continue;
            }
            switch (job) {
                case Job.Mutate mutate -> mutations.add(mutate);
                case Job.Compact compact -> compaction.mark(compact, changes.current());
            }
        }
        if (!mutations.isEmpty()) {
            commit(mutations);
        }
        if (stopped.isEmpty()) {
            compaction.sweepSome();
            checkpoint.ifDue();
        }
    }

    private void commit(List<Job.Mutate> batch) {
        List<Changes.Applied> applied;
        try {
            Database.run(connection, "BEGIN IMMEDIATE");
            applied = changes.apply(batch);
        } catch (SQLException e) {
            rollBack();
            refuse(batch, e);
            return;
        }
        try {
            Database.run(connection, "COMMIT");
        } catch (SQLException e) {
            rollBack();
            if (Failures.isDiskFull(e)) {
                // The last page of the transaction did not reach the log, so it does not count.
                refuse(batch, e);
            } else {
                stop("its disk failed: " + e.getMessage(), e);
                batch.forEach(job -> job.answer().complete(new Write.Unknown(e)));
            }
            return;
        }
        changes.committed();
        List<Event> events =
                applied.stream().flatMap(one -> one.event().stream()).toList();
        if (!events.isEmpty()) {
            publish.accept(events);
        }
        applied.forEach(one -> one.job().answer().complete(one.result()));
    }

    /** Nothing of the batch was applied. Each part gets another try by itself: one may fit where all did not. */
    private void refuse(List<Job.Mutate> batch, SQLException e) {
        changes.rolledBack();
        if (batch.size() == 1) {
            batch.getFirst().reject(Failures.rejection(e));
            return;
        }
        LOG.warn("a batch of {} writes failed and is tried one by one: {}", batch.size(), e.getMessage());
        if (Failures.isDiskFull(e)) {
            checkpoint.now();
        }
        for (Job.Mutate job : batch) {
            if (stopped.isPresent()) {
                job.reject(stopped.get());
            } else {
                commit(List.of(job));
            }
        }
    }

    private void rollBack() {
        try {
            Database.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    /** After a failed sync nobody can say what the disk holds: no more is written until the file is opened anew. */
    private void stop(String why, Throwable cause) {
        LOG.error("the store stops writing: {}", why, cause);
        stopped = Optional.of("the store stopped writing, since " + why + "; restart Muster when that is mended");
    }

    private void inDoubt(Job job) {
        switch (job) {
            case Job.Mutate mutate ->
                mutate.answer().complete(new Write.Unknown(new IllegalStateException("the store's writer failed")));
            case Job.Compact compact -> compact.reject("the store's writer failed");
        }
    }
}

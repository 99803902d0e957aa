package dev.muster.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets history in two steps: the mark is set at once, and from then on nobody reads what lies before it; the rows go
 * bit by bit between writes, so that these do not wait long. Runs on the writer's thread.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final long STEP = 500;

    private final Connection connection;
    private final PreparedStatement setMark;
    private final PreparedStatement sweepReplaced;
    private final PreparedStatement sweepDeleted;
    private volatile long compacted;
    private long swept;
    private boolean paused;

    Compaction(Connection connection, Marks marks) throws SQLException {
        this.connection = connection;
        this.setMark = connection.prepareStatement(Schema.SET_MARK);
        this.sweepReplaced = connection.prepareStatement(Schema.SWEEP_REPLACED);
        this.sweepDeleted = connection.prepareStatement(Schema.SWEEP_DELETED);
        this.compacted = marks.compacted();
        this.swept = marks.swept();
    }

    /** The oldest revision that can be read. */
    long compacted() {
        return compacted;
    }

    /** Whether there are rows to delete. */
    boolean pending() {
        return swept < compacted && !paused;
    }

    void mark(Job.Compact job, long current) {
        long target = Math.min(job.before(), current);
        paused = false;
        if (target <= compacted) {
            job.refusal().complete("");
            return;
        }
        try {
            set("compacted", target);
            compacted = target;
            job.refusal().complete("");
        } catch (SQLException e) {
            job.refusal().complete(Failures.rejection(e));
        }
    }

    void sweepSome() {
        if (!pending()) {
            return;
        }
        long end = Math.min(swept + STEP, compacted);
        try {
            Database.run(connection, "BEGIN IMMEDIATE");
            run(sweepReplaced, swept, end);
            run(sweepDeleted, swept, end);
            set("swept", end);
            Database.run(connection, "COMMIT");
            swept = end;
        } catch (SQLException e) {
            paused = true;
            LOG.warn("old rows stay until the next compaction: {}", e.getMessage());
            try {
                Database.run(connection, "ROLLBACK");
            } catch (SQLException nothingToRollBack) {
                LOG.debug("nothing to roll back", nothingToRollBack);
            }
        }
    }

    private void set(String name, long value) throws SQLException {
        setMark.setString(1, name);
        setMark.setLong(2, value);
        setMark.executeUpdate();
    }

    private static void run(PreparedStatement sweep, long from, long to) throws SQLException {
        sweep.setLong(1, from);
        sweep.setLong(2, to);
        sweep.executeUpdate();
    }
}

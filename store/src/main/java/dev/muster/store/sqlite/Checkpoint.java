package dev.muster.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the log's pages into the database when it has grown, between batches, so that no commit waits for it. */
final class Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final long DUE_BYTES = 8L << 20;

    private final Connection connection;
    private final Path log;
    /** The log file keeps its size when it is begun anew, so growth alone does not tell how much is in it. */
    private long writesSince;

    Checkpoint(Connection connection, Path database) {
        this.connection = connection;
        this.log = database.resolveSibling(database.getFileName() + "-wal");
    }

    /** Called after every batch. */
    void ifDue() {
        if (++writesSince % 64 == 0 && (size() > DUE_BYTES || writesSince >= 4096)) {
            now();
        }
    }

    void now() {
        writesSince = 0;
        try {
            Database.text(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            LOG.warn("the log could not be moved into the database, and grows: {}", e.getMessage());
        }
    }

    private long size() {
        try {
            return Files.size(log);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            LOG.debug("the log's size", e);
            return Long.MAX_VALUE;
        }
    }
}

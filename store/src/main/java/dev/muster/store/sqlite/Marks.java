package dev.muster.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far the store is.
 *
 * @param current the newest revision; if its row is swept away, then it is the compacted one
 * @param compacted the oldest revision that can be read
 * @param swept up to here, what compaction lets go has been deleted
 */
record Marks(long current, long compacted, long swept) {

    static Marks read(PreparedStatement marks) throws SQLException {
        try (ResultSet result = marks.executeQuery()) {
            result.next();
            long compacted = result.getLong(1);
            return new Marks(Math.max(result.getLong(3), compacted), compacted, result.getLong(2));
        }
    }
}

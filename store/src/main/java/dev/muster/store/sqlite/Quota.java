package dev.muster.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The bound of the file. It stops puts and leaves room for deletions and compaction, which are the way out and need a few
 * pages themselves.
 */
final class Quota {

    private final PreparedStatement pages;
    private final PreparedStatement free;
    private final long pageSize;
    private final long limit;
    private boolean reached;

    Quota(Connection connection, long limit) throws SQLException {
        this.pages = connection.prepareStatement("PRAGMA page_count");
        this.free = connection.prepareStatement("PRAGMA freelist_count");
        this.pageSize = Database.number(connection, "PRAGMA page_size");
        this.limit = limit;
    }

    /** Looks anew; once for each batch. */
    void look() throws SQLException {
        reached = (number(pages) - number(free)) * pageSize >= limit;
    }

    boolean reached() {
        return reached;
    }

    String refusal() {
        return "the store's file has reached its limit of " + limit
                + " bytes: delete what is not needed, or raise the limit";
    }

    private static long number(PreparedStatement pragma) throws SQLException {
        try (ResultSet result = pragma.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}

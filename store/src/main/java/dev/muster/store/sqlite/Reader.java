package dev.muster.store.sqlite;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/** One connection that reads, with its statements prepared. Used by one thread at a time. */
final class Reader implements AutoCloseable {

    private static final byte[] BEFORE_ALL = new byte[0];

    /** A page of history ends before it holds more bytes than this, but holds at least one event. */
    private static final long PAGE_BYTES = 8L << 20;

    private static final int PAGE_EVENTS = 1000;

    private final Connection connection;
    private final PreparedStatement head;
    private final PreparedStatement list;
    private final PreparedStatement history;
    private final PreparedStatement row;
    private final PreparedStatement marks;

    Reader(Connection connection) throws SQLException {
        this.connection = connection;
        this.head = connection.prepareStatement(Schema.HEAD);
        this.list = connection.prepareStatement(Schema.LIST);
        this.history = connection.prepareStatement(Schema.HISTORY);
        this.row = connection.prepareStatement(Schema.ROW);
        this.marks = connection.prepareStatement(Schema.MARKS);
    }

    /** What a key is and was: its newest row. */
    static Optional<Row> head(PreparedStatement head, byte[] key) throws SQLException {
        head.setBytes(1, key);
        try (ResultSet result = head.executeQuery()) {
            return result.next() ? Optional.of(Row.read(result)) : Optional.empty();
        }
    }

    Optional<Entry> get(byte[] key) throws SQLException {
        return head(head, key).filter(found -> !found.deleted()).map(Row::entry);
    }

    /** The result, and with it how far the store was. */
    record Listed(Listing listing, long current) {}

    Listed list(byte[] prefix, Optional<byte[]> after, long at, int limit) throws SQLException {
        return snapshot(() -> {
            Marks now = Marks.read(marks);
            if (at > now.current()) {
                return new Listed(new Listing.Ahead(Revision.of(now.current())), now.current());
            }
            if (at != 0 && at < now.compacted()) {
                return new Listed(new Listing.Compacted(Revision.of(now.compacted())), now.current());
            }
            long revision = at == 0 ? now.current() : at;
            return new Listed(page(prefix, after.orElse(BEFORE_ALL), revision, limit), now.current());
        });
    }

    private Listing.Page page(byte[] prefix, byte[] after, long revision, int limit) throws SQLException {
        var entries = new ArrayList<Entry>();
        list.setBytes(1, after);
        list.setBytes(2, prefix);
        list.setBytes(3, KeyBytes.end(prefix));
        list.setLong(4, revision);
        list.setLong(5, limit == 0 ? -1 : limit + 1L);
        try (ResultSet result = list.executeQuery()) {
            while (result.next()) {
                if (limit > 0 && entries.size() == limit) {
                    return new Listing.Page(entries, Revision.of(revision), true);
                }
                entries.add(Row.read(result).entry());
            }
        }
        return new Listing.Page(entries, Revision.of(revision), false);
    }

    /** Events after one revision up to another, or as many of them as make a page; empty if they are forgotten. */
    Optional<Slice> history(byte[] prefix, long after, long upTo) throws SQLException {
        return snapshot(() -> {
            if (after < Marks.read(marks).compacted()) {
                return Optional.empty();
            }
            var events = new ArrayList<Event>();
            long bytes = 0;
            history.setLong(1, after);
            history.setLong(2, upTo);
            history.setBytes(3, prefix);
            history.setBytes(4, KeyBytes.end(prefix));
            history.setInt(5, PAGE_EVENTS);
            try (ResultSet result = history.executeQuery()) {
                while (result.next()) {
                    Event event = event(Row.read(result));
                    events.add(event);
                    bytes += Slice.bytes(event);
                    if (bytes >= PAGE_BYTES || events.size() == PAGE_EVENTS) {
                        return Optional.of(new Slice(events, event.revision().value()));
                    }
                }
            }
            return Optional.of(new Slice(events, upTo));
        });
    }

    private Event event(Row now) throws SQLException {
        Optional<Entry> before = now.previous() == 0 ? Optional.empty() : Optional.of(before(now));
        return new Event(
                Row.key(now.key()),
                now.deleted() ? Optional.empty() : Optional.of(now.entry()),
                before,
                Revision.of(now.revision()));
    }

    private Entry before(Row now) throws SQLException {
        row.setLong(1, now.previous());
        try (ResultSet result = row.executeQuery()) {
            if (!result.next()) {
                throw new StoreException("the store's file is damaged: the row of revision " + now.previous()
                        + " is missing; restore the file from a backup");
            }
            return Row.read(result).entry();
        }
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    /** Runs queries that must see one state of the file. */
    private <T> T snapshot(Query<T> query) throws SQLException {
        Database.run(connection, "BEGIN");
        try {
            return query.run();
        } finally {
            Database.run(connection, "ROLLBACK");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

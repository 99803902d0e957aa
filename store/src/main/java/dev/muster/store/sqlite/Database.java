package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/** Opens connections to our file, and refuses any other. */
final class Database {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Up to here the whole file is looked through at start; it costs about a millisecond per mebibyte. */
    private static final long CHECKED_WHOLE = 16L << 20;

    private final Path file;
    private final SqliteOptions options;

    Database(Path file, SqliteOptions options) {
        this.file = file;
        this.options = options;
    }

    /** The writing connection; makes the schema in a new file. Called once, first, under the process lock. */
    Connection openForWriting() {
        boolean opened = false;
        Connection connection = null;
        try {
            DataDir.createFile(file);
            checkMagic();
            connection = connect("synchronous=FULL");
            run(connection, "PRAGMA fullfsync=ON");
            prepare(connection);
            opened = true;
            return connection;
        } catch (IOException e) {
            throw new StoreException("the store's file " + file + " cannot be used: " + e, e);
        } catch (SQLException e) {
            throw Failures.opening(file, e);
        } finally {
            if (!opened && connection != null) {
                Failures.closeQuietly(connection);
            }
        }
    }

    Connection openForReading() throws SQLException {
        return connect("query_only=ON");
    }

    private Connection connect(String own) throws SQLException {
        Connection connection = JDBC.createConnection(JDBC.PREFIX + file, new Properties());
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + options.busyTimeout().toMillis());
            statement.execute("PRAGMA trusted_schema=OFF");
            statement.execute("PRAGMA cell_size_check=ON");
            statement.execute("PRAGMA temp_store=MEMORY");
            statement.execute("PRAGMA cache_size=-8192");
            statement.execute("PRAGMA " + own);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                Failures.closeQuietly(connection);
            }
        }
    }

    private void checkMagic() throws IOException {
        var start = ByteBuffer.allocate(MAGIC.length);
        // Reading through a channel here is safe only because no connection is open yet: closing it drops locks.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {}
        }
        if (start.position() > 0 && !Arrays.equals(start.array(), MAGIC)) {
            throw new StoreException(file + " is not a store of Muster's, or is damaged at its very start: nothing was"
                    + " changed in it; move it away, or restore it from a backup");
        }
    }

    private void prepare(Connection connection) throws SQLException, IOException {
        if (number(connection, "PRAGMA schema_version") == 0
                && number(connection, "PRAGMA application_id") == 0
                && number(connection, "PRAGMA user_version") == 0) {
            create(connection);
        }
        long application = number(connection, "PRAGMA application_id");
        if (application != Schema.APPLICATION_ID) {
            throw new StoreException(file + " is a database of another program: nothing was changed in it");
        }
        long version = number(connection, "PRAGMA user_version");
        if (version != Schema.VERSION) {
            throw new StoreException(file + " was written by another version of Muster: its schema is " + version
                    + ", this program knows " + Schema.VERSION + "; nothing was changed in it");
        }
        check(connection);
        // Set at every opening: the first also turns a new file to its write-ahead log.
        text(connection, "PRAGMA journal_mode=WAL");
        run(connection, "PRAGMA wal_autocheckpoint=0");
        text(connection, "PRAGMA secure_delete=FAST");
        text(connection, "PRAGMA journal_size_limit=67108864");
    }

    private static void create(Connection connection) throws SQLException {
        text(connection, "PRAGMA journal_mode=WAL");
        run(connection, "BEGIN IMMEDIATE");
        for (String sql : Schema.CREATE) {
            run(connection, sql);
        }
        run(connection, "COMMIT");
    }

    private void check(Connection connection) throws SQLException, IOException {
        if (number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size") <= CHECKED_WHOLE
                && Files.size(file) <= CHECKED_WHOLE) {
            String found = text(connection, "PRAGMA quick_check(1)");
            if (!found.equals("ok")) {
                throw new StoreException("the store's file " + file + " is damaged (" + found.replace("\n", " ")
                        + "): nothing was changed in it; restore it from a backup");
            }
        }
        for (String table : List.of("log", "log_by_key", "mark")) {
            if (number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = '" + table + "'") != 1) {
                throw new StoreException("the store's file " + file + " lacks its table or index " + table
                        + ": nothing was changed in it; restore it from a backup");
            }
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }
}

package dev.muster.store.sqlite;

import java.util.List;

/**
 * The layout of the file. One table is state and history at once: a row per change, never updated. A key's newest row
 * says what it is now. Compaction deletes rows that a later row, itself old enough, has replaced.
 *
 * <ul>
 *   <li>{@code revision}: the write; rising, never reused
 *   <li>{@code key}: UTF-8
 *   <li>{@code created}: the revision that made the key
 *   <li>{@code previous}: the row this one replaced; 0 = there was none
 *   <li>{@code deleted}: 1 = the key ended here
 *   <li>{@code crc}: CRC-32C over all of the row
 *   <li>{@code value}: last, so that looking at the rest reads no overflow pages
 * </ul>
 *
 * {@code mark} holds two numbers: {@code compacted}, the oldest revision that can be read, and {@code swept}, up to where
 * the rows compacted away have been deleted.
 */
final class Schema {

    /** "MSTR". */
    static final int APPLICATION_ID = 0x4d535452;

    static final int VERSION = 1;

    static final List<String> CREATE = List.of(
            """
            CREATE TABLE log (
              revision INTEGER PRIMARY KEY,
              key BLOB NOT NULL,
              created INTEGER NOT NULL,
              previous INTEGER NOT NULL,
              deleted INTEGER NOT NULL,
              crc INTEGER NOT NULL,
              value BLOB)
            """,
            "CREATE INDEX log_by_key ON log (key, revision, deleted)",
            "CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
            "INSERT INTO mark VALUES ('compacted', 0), ('swept', 0)",
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + VERSION);

    static final String HEAD = """
            SELECT revision, key, created, previous, deleted, crc, value FROM log
             WHERE key = ?1 ORDER BY revision DESC LIMIT 1
            """;

    /** A row is listed if it is the newest of its key up to the revision. Lazy: a limit ends the work. */
    static final String LIST = """
            SELECT revision, key, created, previous, deleted, crc, value FROM log AS l INDEXED BY log_by_key
             WHERE key > ?1 AND key >= ?2 AND key < ?3 AND revision <= ?4 AND deleted = 0
               AND NOT EXISTS (SELECT 1 FROM log AS n INDEXED BY log_by_key
                                WHERE n.key = l.key AND n.revision > l.revision AND n.revision <= ?4)
             ORDER BY key LIMIT ?5
            """;

    /** The plus signs keep the query on the table itself, in the order of revisions. */
    static final String HISTORY = """
            SELECT revision, key, created, previous, deleted, crc, value FROM log
             WHERE revision > ?1 AND revision <= ?2 AND +key >= ?3 AND +key < ?4
             ORDER BY revision LIMIT ?5
            """;

    static final String ROW =
            "SELECT revision, key, created, previous, deleted, crc, value FROM log WHERE revision = ?1";

    static final String INSERT = """
            INSERT INTO log (revision, key, created, previous, deleted, crc, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """;

    static final String MARKS = """
            SELECT (SELECT value FROM mark WHERE name = 'compacted'),
                   (SELECT value FROM mark WHERE name = 'swept'),
                   (SELECT max(revision) FROM log)
            """;

    static final String SET_MARK = "UPDATE mark SET value = ?2 WHERE name = ?1";

    /** Rows replaced within the span. A deletion's own row goes with the row it replaced, or that would come to life. */
    static final String SWEEP_REPLACED = """
            DELETE FROM log WHERE revision IN
              (SELECT previous FROM log WHERE revision > ?1 AND revision <= ?2 AND previous > 0)
            """;

    static final String SWEEP_DELETED = "DELETE FROM log WHERE revision > ?1 AND revision <= ?2 AND deleted = 1";

    private Schema() {}
}

package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean to an operator. */
final class Failures {

    private Failures() {}

    static StoreException opening(Path file, SQLException e) {
        return switch (primary(e)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                new StoreException(
                        "the store's file " + file + " is damaged (" + e.getMessage()
                                + "): nothing was changed in it; restore it from a backup",
                        e);
            case SQLITE_FULL ->
                new StoreException("the disk of the store's file " + file + " is full: make room and start again", e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StoreException("the store's file " + file + " is locked by another program", e);
            default -> new StoreException("the store's file " + file + " cannot be opened: " + e.getMessage(), e);
        };
    }

    static StoreException reading(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                new StoreException("the store's file is damaged (" + e.getMessage() + "): restore it from a backup", e);
            default -> new StoreException("the store cannot be read: " + e.getMessage(), e);
        };
    }

    /** Why a write was not applied. */
    static String rejection(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_FULL -> "the store's disk is full: nothing can be written until there is room";
            case SQLITE_BUSY, SQLITE_LOCKED -> "the store's file is locked by another program, such as a backup";
            case SQLITE_NOTADB, SQLITE_CORRUPT -> "the store's file is damaged: restore it from a backup";
            default -> "the store cannot be written: " + e.getMessage();
        };
    }

    static boolean isDiskFull(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_FULL;
    }

    private static SQLiteErrorCode primary(SQLException e) {
        return e instanceof SQLiteException own
                ? SQLiteErrorCode.getErrorCode(own.getResultCode().code & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Failures.class).debug("closing after a failure", e);
        }
    }
}

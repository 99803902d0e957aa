package dev.muster.store.sqlite;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/** One row of the log. */
record Row(long revision, byte[] key, long created, long previous, boolean deleted, byte[] value) {

    private static final byte[] NOTHING = new byte[0];

    /** Reads the row a result stands on, and refuses it if its bytes are not those that were written. */
    static Row read(ResultSet result) throws SQLException {
        byte[] value = result.getBytes(7);
        var row = new Row(
                result.getLong(1),
                result.getBytes(2),
                result.getLong(3),
                result.getLong(4),
                result.getInt(5) != 0,
                value == null ? NOTHING : value);
        if (row.crc() != result.getLong(6)) {
            throw new StoreException("the store's file is damaged: the row of revision " + row.revision
                    + " is not as it was written; restore the file from a backup");
        }
        return row;
    }

    void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, revision);
        insert.setBytes(2, key);
        insert.setLong(3, created);
        insert.setLong(4, previous);
        insert.setInt(5, deleted ? 1 : 0);
        insert.setLong(6, crc());
        insert.setBytes(7, value);
    }

    Entry entry() {
        return new Entry(key(key), value, Revision.of(created), Revision.of(revision));
    }

    static Key key(byte[] bytes) {
        return Key.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private long crc() {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(29)
                .putLong(revision)
                .putLong(created)
                .putLong(previous)
                .put((byte) (deleted ? 1 : 0))
                .putInt(key == null ? -1 : key.length)
                .flip());
        crc.update(key == null ? NOTHING : key);
        crc.update(value);
        return crc.getValue();
    }
}

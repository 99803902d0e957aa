/**
 * A store in one file, for one process: SQLite with a write-ahead log that is synced at every commit, one thread that
 * writes for all, and history until it is compacted.
 *
 * <p>What must stay true: a write is acknowledged after the sync that covers it has returned, never before; one process
 * holds a data directory at a time; a file that is not ours, is damaged or is of a newer make is refused and left as it
 * is; every row carries a checksum that is checked whenever the row is read; nothing waits without bound: queues are
 * limited, and watches keep a position, not a backlog.
 *
 * <p>What an attacker would try: fill the disk (writes are rejected, reads go on); read the files (0600 in a folder of
 * 0700; secret values are sealed above this layer); put an older file back (only a guard outside can see that).
 *
 * <p>The layout of the file is described in {@link dev.muster.store.sqlite.Schema}.
 */
package dev.muster.store.sqlite;

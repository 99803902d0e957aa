package dev.muster.store.sqlite;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies mutations within the writer's transaction: compare, give a revision, insert. */
final class Changes {

    private final PreparedStatement head;
    private final PreparedStatement insert;
    private final Quota quota;
    private long current;
    private long next;

    Changes(Connection connection, Quota quota, long current) throws SQLException {
        this.head = connection.prepareStatement(Schema.HEAD);
        this.insert = connection.prepareStatement(Schema.INSERT);
        this.quota = quota;
        this.current = current;
        this.next = current;
    }

    /** What became of one job, should the transaction be committed. */
    record Applied(Job.Mutate job, Write result, Optional<Event> event) {}

    List<Applied> apply(List<Job.Mutate> batch) throws SQLException {
        quota.look();
        var applied = new ArrayList<Applied>(batch.size());
        for (Job.Mutate job : batch) {
            applied.add(apply(job));
        }
        return applied;
    }

    private Applied apply(Job.Mutate job) throws SQLException {
        Mutation mutation = job.mutation();
        Optional<Entry> before =
                Reader.head(head, job.key()).filter(row -> !row.deleted()).map(Row::entry);
        long actual = before.map(entry -> entry.modified().value()).orElse(0L);
        boolean pointless = mutation instanceof Mutation.Delete && actual == 0;
        if (pointless || actual != mutation.expected().value()) {
            return new Applied(job, new Write.Conflict(before), Optional.empty());
        }
        if (mutation instanceof Mutation.Put && quota.reached()) {
            return new Applied(job, new Write.Rejected(quota.refusal()), Optional.empty());
        }
        Revision revision = Revision.of(++next);
        Revision created = before.map(Entry::created).orElse(revision);
        Optional<Entry> now = switch (mutation) {
            case Mutation.Put put -> Optional.of(new Entry(put.key(), put.value(), created, revision));
            case Mutation.Delete _ -> Optional.empty();
        };
        byte[] value = now.map(Entry::value).orElseGet(() -> new byte[0]);
        new Row(next, job.key(), created.value(), actual, now.isEmpty(), value).bind(insert);
        insert.executeUpdate();
        return new Applied(
                job, new Write.Done(revision), Optional.of(new Event(mutation.key(), now, before, revision)));
    }

    /** The newest committed revision. */
    long current() {
        return current;
    }

    void committed() {
        current = next;
    }

    void rolledBack() {
        next = current;
    }
}

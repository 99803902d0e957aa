package dev.muster.authn.ledger;

import dev.muster.core.certificate.Issue;
import dev.muster.core.certificate.Use;
import dev.muster.http.limit.AddressKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** One certificate. Whoever reads or changes what was seen of it holds its lock. */
final class Entry implements Comparable<Entry> {

    private static final Comparator<Entry> ORDER = Comparator.<Entry, String>comparing(
                    entry -> entry.issue.user().name())
            .thenComparing(entry -> entry.issue.until())
            .thenComparing(entry -> entry.id);

    private final String id;
    private final Issue issue;
    private final Places places = new Places();
    /** 0 = never. */
    private long first;

    private long last;
    private volatile boolean forgotten;

    Entry(String id, Issue issue) {
        this.id = id;
        this.issue = issue;
    }

    String id() {
        return id;
    }

    Issue issue() {
        return issue;
    }

    synchronized void seen(AddressKey from, long now) {
        use(now, now);
        places.seen(from, now);
    }

    /** As it was stored. */
    synchronized void use(long from, long to) {
        first = first == 0 ? from : Math.min(first, from);
        last = Math.max(last, to);
    }

    /** What another server, or an earlier life of this one, has seen. */
    void add(Entry other) {
        // One of the two is nobody else's yet, so that the order of the locks does not matter.
        synchronized (this) {
            synchronized (other) {
                if (other.last > 0) {
                    use(other.first, other.last);
                }
                places.add(other.places);
            }
        }
    }

    /** Reads what was seen. */
    synchronized <T> T read(Function<Places, T> reader) {
        return reader.apply(places);
    }

    synchronized long first() {
        return first;
    }

    synchronized long last() {
        return last;
    }

    synchronized Use used() {
        Optional<Use.Span> span = last == 0
                ? Optional.empty()
                : Optional.of(new Use.Span(Instant.ofEpochSecond(first), Instant.ofEpochSecond(last)));
        Optional<Instant> together =
                places.together() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(places.together()));
        return new Use(span, places.addresses(), places.count(), together);
    }

    /** What is still connected asks anew. */
    void forget() {
        forgotten = true;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** By user, then by end. */
    @Override
    public int compareTo(Entry other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && entry.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}

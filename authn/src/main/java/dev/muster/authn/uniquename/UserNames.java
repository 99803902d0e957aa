package dev.muster.authn.uniquename;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Which source gave which user name since the process started. A name belongs to the source that is earliest in the chain of those
 * that gave it; of two equally early to the first. Thread-safe.
 */
public final class UserNames {

    /** Longer names are not remembered. */
    public static final int LONGEST = 1024;

    private final int most;
    private final Listener listener;
    private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Source> sources = new ConcurrentHashMap<>();
    private final Map<String, Source> prefixes = new LinkedHashMap<>();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder unremembered = new LongAdder();

    /** Hears what operators should know; called in the middle of a request, so it must not block. */
    public interface Listener {

        /** A name that belongs to one source came from another, for the first time. */
        void duplicate(String name, Source owner, Source other);

        /** A source has given more names than are remembered of it, or one too long. */
        void unremembered(Source source);
    }

    /** What is found of a name. */
    sealed interface Claim {
        /** It is the source's own. */
        record Own() implements Claim {}

        /** It is another's. */
        record Foreign(Source owner) implements Claim {}

        /** It cannot be remembered, so that nobody knows. */
        record Unknown() implements Claim {}
    }

    private static final Claim OWN = new Claim.Own();
    private static final Claim UNKNOWN = new Claim.Unknown();
    private static final Optional<Claim> OWN_NAME = Optional.of(OWN);

    /** @param others in the order in which they came */
    private record Use(Source owner, List<Source> others) {}

    /**
     * A name that more than one source gave.
     *
     * @param owner whose it is
     */
    public record Duplicate(String name, String owner, List<String> others) {}

    /** @param most names remembered of each source */
    public UserNames(int most, Listener listener) {
        this.most = most;
        this.listener = listener;
    }

    /**
     * The source of this name, the same at each call.
     *
     * @param rank its place in the chain, from 0
     */
    public Source source(String name, int rank) {
        var known = sources.get(name);
        return known != null ? known : sources.computeIfAbsent(name, n -> new Source(n, rank));
    }

    /** Names that begin so are this source's, given or not. Before the first request. */
    public void reserve(String prefix, Source owner) {
        prefixes.put(prefix, owner);
    }

    /** Names that a source will give, by what is known at the start. */
    public void know(Source source, Collection<String> names) {
        names.forEach(name -> claim(source, name));
    }

    /** What is found of a name without remembering anything new; empty when there is something to remember. */
    Optional<Claim> known(Source by, String name) {
        var use = uses.get(name);
        if (use == null) {
            return reserving(name) == by ? OWN_NAME : Optional.empty();
        }
        if (use.owner() == by) {
            return OWN_NAME;
        }
        if (!use.others().contains(by)) {
            return Optional.empty();
        }
        requests.increment();
        return Optional.of(new Claim.Foreign(use.owner()));
    }

    /** A user of this name came from a source. */
    Claim claim(Source by, String name) {
        var known = known(by, name);
        if (known.isPresent()) {
            return known.get();
        }
        return uses.containsKey(name) ? another(by, name) : first(by, name);
    }

    private Claim first(Source by, String name) {
        var owner = reserving(name);
        if (name.length() > LONGEST || !by.enter(most)) {
            unremembered.increment();
            listener.unremembered(by);
            return UNKNOWN;
        }
        var fresh = owner == null ? new Use(by, List.of()) : new Use(owner, List.of(by));
        if (uses.putIfAbsent(name, fresh) != null) {
            by.leave();
            return claim(by, name);
        }
        return owner == null ? OWN : foreign(by, name, owner, true);
    }

    /** Null when the name is nobody's before it is used. What is reserved by whom gives it is not remembered. */
    private Source reserving(String name) {
        for (var entry : prefixes.entrySet()) {
            if (name.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** Comes after the first, and takes the name over where it is earlier in the chain. */
    private Claim another(Source by, String name) {
        var use = uses.get(name);
        boolean over = by.isBefore(use.owner()) && reserving(name) == null;
        var next = over ? new Use(by, plus(use.others(), use.owner())) : new Use(use.owner(), plus(use.others(), by));
        if (!uses.replace(name, use, next)) {
            return claim(by, name);
        }
        if (over) {
            told(name, by, use.owner(), use.others().isEmpty());
            return OWN;
        }
        return foreign(by, name, use.owner(), use.others().isEmpty());
    }

    private static List<Source> plus(List<Source> all, Source one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }

    private Claim foreign(Source by, String name, Source owner, boolean first) {
        requests.increment();
        told(name, owner, by, first);
        return new Claim.Foreign(owner);
    }

    private void told(String name, Source owner, Source other, boolean first) {
        if (first) {
            duplicates.increment();
        }
        listener.duplicate(name, owner, other);
    }

    /** Names that more than one source gave, by name; not more than so many. */
    public List<Duplicate> duplicates(int atMost) {
        return uses.entrySet().stream()
                .filter(entry -> !entry.getValue().others().isEmpty())
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .limit(atMost)
                .map(entry -> new Duplicate(
                        entry.getKey(),
                        entry.getValue().owner().name(),
                        entry.getValue().others().stream().map(Source::name).toList()))
                .toList();
    }

    /** How many names more than one source gave. */
    public long count() {
        return duplicates.sum();
    }

    /** How many requests came with a name of another source. */
    public long requests() {
        return requests.sum();
    }

    /** How often a name could not be remembered. */
    public long unremembered() {
        return unremembered.sum();
    }
}

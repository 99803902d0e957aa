package dev.muster.authn.ledger;

import dev.muster.core.certificate.CertificateLedger;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.certificate.ClientCertificate;
import dev.muster.core.certificate.Issue;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.http.limit.AddressKey;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Client certificates that were accepted or issued here. A use is noted once a second and connection; what goes on for long is
 * noted at every {@link #sweep}.
 */
public final class Ledger implements CertificateLedger, CertificateObserver {

    /** What has ended is of interest for a while: who used it to the last? */
    static final Duration AFTERWARDS = Duration.ofDays(7);

    private final int most;
    private final InstantSource clock;
    private final Function<Issue, Optional<String>> revoking;
    private final Object entering = new Object();
    private final ConcurrentNavigableMap<String, Entry> byId = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListSet<Entry> ordered = new ConcurrentSkipListSet<>();
    private final Set<Connection> watching = ConcurrentHashMap.newKeySet();
    private final Buckets changed = new Buckets();
    private final AtomicLong revision;
    private volatile long second;

    /**
     * @param most how many are kept; beyond it those go that were not used for longest
     * @param revoking the name of a Revocation that takes it back
     */
    public Ledger(int most, InstantSource clock, Function<Issue, Optional<String>> revoking) {
        this.most = most;
        this.clock = clock;
        this.revoking = revoking;
        this.revision = new AtomicLong(Math.max(1, clock.millis()));
        tick();
    }

    /** Looks at the clock, so that requests need not; to be called every second. */
    public void tick() {
        second = clock.instant().getEpochSecond();
    }

    @Override
    public void used(Accepted who, PeerChain connection, InetSocketAddress from) {
        var known = connection(who, connection, from);
        if (known != null && known.noted != second) {
            note(known);
        }
    }

    @Override
    public Runnable watching(Accepted who, PeerChain connection, InetSocketAddress from) {
        var known = connection(who, connection, from);
        if (known == null) {
            return () -> {};
        }
        if (known.watches(1) == 1) {
            watching.add(known);
        }
        var over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                note(known);
                if (known.watches(-1) == 0) {
                    watching.remove(known);
                }
            }
        };
    }

    /** Null for what is no certificate's doing, and where there is no room. */
    private Connection connection(Accepted who, PeerChain peer, InetSocketAddress from) {
        if (peer.verdictOf(this) instanceof Connection known
                && known.proof == who.proof()
                && !known.entry.isForgotten()) {
            return known;
        }
        return who.proof().chain().isEmpty() || from.getAddress() == null ? null : meet(who, peer, from);
    }

    private Connection meet(Accepted who, PeerChain peer, InetSocketAddress from) {
        Proof proof = who.proof();
        X509Certificate leaf = proof.chain().getFirst();
        // A leaf that is itself a trusted root is its own issuer.
        X509Certificate issuer = proof.chain().size() > 1 ? proof.chain().get(1) : leaf;
        var entry = enter(Known.id(leaf), Known.issue(leaf, owner(who), Optional.of(issuer.getPublicKey())));
        if (entry == null) {
            return null;
        }
        var met = new Connection(proof, entry, AddressKey.of(from.getAddress()));
        peer.remember(this, met);
        return met;
    }

    /** A front proxy's certificate is its own, whomever it speaks of. */
    private static User owner(Accepted who) {
        return who.proof().voucher().map(User::of).orElse(who.user());
    }

    private void note(Connection connection) {
        long now = second;
        connection.noted = now;
        connection.entry.seen(connection.from, now);
        touched(connection.entry);
    }

    private void touched(Entry entry) {
        revision.incrementAndGet();
        changed.mark(entry.id());
    }

    /** A certificate was issued here, and not used yet. Does not block. */
    public void issued(X509Certificate certificate, User user) {
        var entry = enter(Known.id(certificate), Known.issue(certificate, user, Optional.empty()));
        if (entry != null) {
            touched(entry);
        }
    }

    /** The one of this id, or a new one; one whose issuer's key was not known gives way to one whose is. */
    private Entry enter(String id, Issue issue) {
        var found = byId.get(id);
        if (found != null
                && (!found.issue().keys().issuer().isEmpty()
                        || issue.keys().issuer().isEmpty())) {
            return found;
        }
        // Between two sweeps there may be some more.
        if (found == null && byId.size() >= most + most / 4) {
            return null;
        }
        synchronized (entering) {
            var known = byId.get(id);
            if (known != null
                    && (known != found
                            || found.issue().keys().issuer().equals(issue.keys().issuer()))) {
                return known;
            }
            var entry = new Entry(id, issue);
            if (known != null) {
                entry.add(known);
                remove(known);
            }
            put(entry);
            return entry;
        }
    }

    private void put(Entry entry) {
        byId.put(entry.id(), entry);
        ordered.add(entry);
    }

    private void remove(Entry entry) {
        entry.forget();
        byId.remove(entry.id(), entry);
        ordered.remove(entry);
        touched(entry);
    }

    /** What was stored, by this server's earlier life or another. */
    void recall(Entry stored) {
        synchronized (entering) {
            var known = byId.get(stored.id());
            if (known != null) {
                known.add(stored);
            } else {
                put(stored);
            }
        }
        revision.incrementAndGet();
    }

    /** Notes what goes on, and forgets what has ended long ago and what there is no room for. */
    public void sweep() {
        tick();
        watching.forEach(this::note);
        long ended = second - AFTERWARDS.toSeconds();
        synchronized (entering) {
            byId.values().stream()
                    .filter(entry -> entry.issue().until().getEpochSecond() < ended)
                    .toList()
                    .forEach(this::remove);
            int over = byId.size() - most;
            if (over > 0) {
                byId.values().stream()
                        .sorted(Comparator.comparingLong(Ledger::interest))
                        .limit(over)
                        .toList()
                        .forEach(this::remove);
            }
        }
    }

    private static long interest(Entry entry) {
        return Math.max(entry.last(), entry.issue().from().getEpochSecond());
    }

    /** In which buckets something has changed since this was asked last. */
    Set<String> takeChanged() {
        return changed.take();
    }

    /** It could not be written; ask again. */
    void stillChanged(String bucket) {
        changed.mark(bucket);
    }

    List<Entry> bucket(String prefix) {
        return List.copyOf(byId.subMap(prefix, prefix + "g").values());
    }

    @Override
    public long revision() {
        return revision.get();
    }

    @Override
    public List<ClientCertificate> all() {
        return new Shown(new ArrayList<>(ordered));
    }

    @Override
    public Optional<ClientCertificate> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(this::show);
    }

    private ClientCertificate show(Entry entry) {
        return new ClientCertificate(entry.id(), entry.issue(), entry.used(), revoking.apply(entry.issue()));
    }

    /** Each made when somebody looks at it. */
    private final class Shown extends AbstractList<ClientCertificate> {

        private final List<Entry> entries;

        Shown(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public ClientCertificate get(int index) {
            return show(entries.get(index));
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}

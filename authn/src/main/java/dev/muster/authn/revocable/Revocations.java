package dev.muster.authn.revocable;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.certificate.Issue;
import dev.muster.core.certificate.RevokedKeys;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Index;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.crypto.x509.PublicKeyHash;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been taken back, by what a credential is known by. Written by the cache, read by everybody without locks. */
public final class Revocations implements Index<ApiObject>, RevokedKeys {

    /** Where Revocation objects are stored. */
    public static final Key PREFIX = Key.of("/registry/identity.muster.dev/revocations/");

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final Map<Key, Target> known = new HashMap<>();
    private final NamedBy<Key> issued = new NamedBy<>();
    private final NamedBy<Key> publicKeys = new NamedBy<>();
    private final NamedBy<Key> tokens = new NamedBy<>();
    private final NamedBy<Key> sessions = new NamedBy<>();
    private final NamedBy<Aimed> people = new NamedBy<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean none = true;

    private record Aimed(Key by, Target.Person person) {}

    /** Whether nothing at all has been taken back. */
    boolean none() {
        return none;
    }

    /** The name of a Revocation that takes this credential back. */
    Optional<String> revoking(Fingerprint fingerprint) {
        if (none) {
            return Optional.empty();
        }
        if (fingerprint.certificate().isPresent()) {
            var certificate = fingerprint.certificate().get();
            var by = publicKeys.first(certificate.publicKey()).or(() -> issued.first(certificate.issued()));
            if (by.isPresent()) {
                return by.map(Revocations::name);
            }
        }
        for (String id : fingerprint.tokenIds()) {
            var by = tokens.first(id);
            if (by.isPresent()) {
                return by.map(Revocations::name);
            }
        }
        var session = fingerprint.who().proof().session().flatMap(sessions::first);
        if (session.isPresent()) {
            return session.map(Revocations::name);
        }
        for (Aimed aimed : people.all(fingerprint.who().user().name())) {
            if (aimed.person().covers(fingerprint)) {
                return Optional.of(name(aimed.by()));
            }
        }
        return Optional.empty();
    }

    /** The same of a certificate that is not being presented. */
    public Optional<String> revoking(Issue issue) {
        return none ? Optional.empty() : revoking(Fingerprint.of(issue));
    }

    @Override
    public Optional<String> revoking(PublicKey key) {
        return none ? Optional.empty() : publicKeys.first(PublicKeyHash.of(key)).map(Revocations::name);
    }

    /** Has the listener told of every change, on the cache's thread, once it is in force. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Adds before it removes: at no moment is less taken back than before and after. */
    @Override
    public void reset(Snapshot<ApiObject> all) {
        var gone = new HashSet<>(known.keySet());
        for (Cached<ApiObject> one : all.items()) {
            gone.remove(one.key());
            set(one.key(), Optional.of(one.value()));
        }
        gone.forEach(key -> set(key, Optional.empty()));
        changed();
    }

    @Override
    public void apply(List<Change<ApiObject>> changes, Revision revision) {
        if (changes.isEmpty()) {
            return;
        }
        changes.forEach(change -> set(change.key(), change.now().map(Cached::value)));
        changed();
    }

    private void changed() {
        none = known.isEmpty();
        listeners.forEach(Runnable::run);
    }

    private void set(Key key, Optional<ApiObject> object) {
        var before = known.get(key);
        var now = object.flatMap(revocation -> read(key, revocation)).orElse(null);
        if (now == null ? before == null : now.equals(before)) {
            return;
        }
        if (now == null) {
            known.remove(key);
        } else {
            known.put(key, now);
            none = false;
            add(key, now);
        }
        if (before != null) {
            remove(key, before, now);
        }
    }

    private static Optional<Target> read(Key key, ApiObject revocation) {
        try {
            return Optional.of(Target.of(revocation));
        } catch (IllegalArgumentException e) {
            LOG.error("{} takes nothing back, it is malformed: {}", key, e.getMessage());
            return Optional.empty();
        }
    }

    private void add(Key key, Target named) {
        switch (named) {
            case Target.Certificate certificate -> {
                issued.add(certificate.issued(), key);
                publicKeys.add(certificate.publicKey(), key);
            }
            case Target.Token token -> tokens.add(token.id(), key);
            case Target.Session session -> sessions.add(session.id(), key);
            case Target.Person person -> people.add(person.name(), new Aimed(key, person));
        }
    }

    private void remove(Key key, Target before, Target now) {
        switch (before) {
            case Target.Certificate certificate -> {
                var kept = now instanceof Target.Certificate same ? same : new Target.Certificate("", "");
                if (!kept.issued().equals(certificate.issued())) {
                    issued.remove(certificate.issued(), key);
                }
                if (!kept.publicKey().equals(certificate.publicKey())) {
                    publicKeys.remove(certificate.publicKey(), key);
                }
            }
            case Target.Token token -> {
                if (!token.equals(now)) {
                    tokens.remove(token.id(), key);
                }
            }
            case Target.Session session -> {
                if (!session.equals(now)) {
                    sessions.remove(session.id(), key);
                }
            }
            case Target.Person person -> people.remove(person.name(), new Aimed(key, person));
        }
    }

    private static String name(Key key) {
        return key.path().substring(key.path().lastIndexOf('/') + 1);
    }
}

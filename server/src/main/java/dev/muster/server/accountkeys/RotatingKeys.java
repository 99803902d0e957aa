package dev.muster.server.accountkeys;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.authn.serviceaccount.SigningKey;
import dev.muster.crypto.jose.JwsSigner;
import dev.muster.crypto.jose.VerificationKey;
import dev.muster.crypto.provider.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key that signs, the one before it and the one to come. Every decision follows from what lies on disk and the clock, so that it
 * does not matter where an earlier process ended. Thread-safe.
 */
public final class RotatingKeys implements SigningKey {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingKeys.class);

    /** Ends are noted in steps of this, so that not every token writes. */
    private static final Duration STEP = Duration.ofDays(1);

    /** A token is believed a little longer than its end. */
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    /** Those who verify keep the key set for an hour. */
    private static final Duration LONGEST_NOTICE = Duration.ofHours(2);

    private final KeyFolder folder;
    private final Terms terms;
    private final InstantSource clock;
    private List<AccountKey> keys;
    private AccountKey signing;
    private volatile List<VerificationKey> published;

    /**
     * How keys change.
     *
     * @param period after which another signs; zero = never
     * @param make a new private key
     * @param endless whether tokens without an end are believed by their signature alone, so that no end is ever known
     */
    public record Terms(Duration period, Maker make, boolean endless) {

        Duration notice() {
            Duration quarter = period.dividedBy(4);
            return quarter.compareTo(LONGEST_NOTICE) < 0 ? quarter : LONGEST_NOTICE;
        }
    }

    /** Makes private keys. */
    @FunctionalInterface
    public interface Maker {
        PrivateKey make() throws GeneralSecurityException;
    }

    /**
     * Opens the folder, and makes the first key where there is none. One process at a time.
     *
     * @param pki the data directory's
     * @throws IOException naming the file that is damaged or cannot be written
     */
    public RotatingKeys(Path pki, Signatures signatures, Terms terms, InstantSource clock) throws IOException {
        this.folder = new KeyFolder(pki, signatures);
        this.terms = terms;
        this.clock = clock;
        this.keys = new ArrayList<>(folder.read());
        Instant now = clock.instant();
        if (keys.stream().noneMatch(key -> key.signer().isPresent())) {
            keys.add(add(make(), now));
        }
        choose(now);
    }

    @Override
    public JwsSigner until(Instant end) {
        return noted(end.plus(LEEWAY));
    }

    @Override
    public JwsSigner endless() {
        return terms.endless() ? noted(Instant.MAX) : noted(clock.instant());
    }

    private synchronized JwsSigner noted(Instant end) {
        if (end.isAfter(signing.until())) {
            try {
                var marked = signing.until(end.equals(Instant.MAX) ? end : end.plus(STEP));
                folder.mark(marked);
                replace(signing, marked);
                signing = marked;
            } catch (IOException e) {
                LOG.error("no tokens are made: the end of a key cannot be noted: {}", e.toString());
                throw new StatusException(RequestStatuses.serviceUnavailable("no tokens can be made now"));
            }
        }
        return signing.signer().orElseThrow();
    }

    /** What verifies, the key that signs first. Does not block. */
    public List<VerificationKey> verifying() {
        return published;
    }

    /**
     * Does what is due.
     *
     * @param held whether a token of the key lies in a secret, for which it has to stay
     */
    public void step(Predicate<VerificationKey> held) throws IOException {
        Instant now = clock.instant();
        if (isDue(now)) {
            // An RSA key takes a while: nobody waits for it.
            PrivateKey made = make();
            synchronized (this) {
                keys.add(add(made, now));
            }
        }
        tidy(now, held);
    }

    private synchronized boolean isDue(Instant now) {
        return !terms.period().isZero()
                && keys.stream()
                        .filter(key -> key.signer().isPresent())
                        .noneMatch(key -> now.isBefore(key.made().plus(terms.period())));
    }

    private synchronized void tidy(Instant now, Predicate<VerificationKey> held) throws IOException {
        choose(now);
        for (AccountKey key : List.copyOf(keys)) {
            if (isOlder(key) && key.signer().isPresent()) {
                folder.retire(key);
                replace(key, key.retired());
                LOG.info(
                        "the key {} signs no more tokens of service accounts",
                        key.key().id());
            } else if (key.signer().isEmpty() && now.isAfter(key.until()) && !held.test(key.key())) {
                folder.forget(key);
                keys.remove(key);
                LOG.info(
                        "the key {} is forgotten: all its tokens have ended",
                        key.key().id());
            }
        }
        publish();
    }

    private boolean isOlder(AccountKey key) {
        return keys.indexOf(key) < keys.indexOf(signing);
    }

    /** The newest that has been published long enough, or the oldest if none has. */
    private void choose(Instant now) {
        var candidates = keys.stream().filter(key -> key.signer().isPresent()).toList();
        signing = candidates.stream()
                .filter(key -> !now.isBefore(key.made().plus(terms.notice())))
                .reduce((_, later) -> later)
                .orElse(candidates.getFirst());
        publish();
    }

    private void publish() {
        var all = new ArrayList<VerificationKey>();
        all.add(signing.key());
        keys.reversed().stream()
                .map(AccountKey::key)
                .filter(key -> !all.contains(key))
                .forEach(all::add);
        if (!all.equals(published)) {
            published = List.copyOf(all);
        }
    }

    private PrivateKey make() throws IOException {
        try {
            return terms.make().make();
        } catch (GeneralSecurityException e) {
            throw new IOException("no key can be made: " + e.getMessage(), e);
        }
    }

    private AccountKey add(PrivateKey made, Instant now) throws IOException {
        var key = folder.add(made, now);
        LOG.info("made the key {} for tokens of service accounts", key.key().id());
        return key;
    }

    private void replace(AccountKey old, AccountKey now) {
        keys.set(keys.indexOf(old), now);
    }
}

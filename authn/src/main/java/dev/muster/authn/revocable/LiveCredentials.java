package dev.muster.authn.revocable;

import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome.Accepted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends watches whose credential was taken back or has run out. It remembers what a credential is known by, never the credential.
 */
public final class LiveCredentials implements LiveRequests {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCredentials.class);

    private final Revocations revocations;
    private final Predicate<Accepted> gone;
    private final InstantSource clock;
    private final Set<Live> all = ConcurrentHashMap.newKeySet();

    /** One request; each is only itself. */
    private static final class Live {
        final Fingerprint fingerprint;
        final Runnable cut;

        Live(Fingerprint fingerprint, Runnable cut) {
            this.fingerprint = fingerprint;
            this.cut = cut;
        }
    }

    public LiveCredentials(Revocations revocations, InstantSource clock) {
        this(revocations, _ -> false, clock);
    }

    /** @param gone whether somebody was let in by what is no more; asked about every second; must be quick */
    public LiveCredentials(Revocations revocations, Predicate<Accepted> gone, InstantSource clock) {
        this.revocations = revocations;
        this.gone = gone;
        this.clock = clock;
        revocations.onChange(this::sweep);
    }

    /** Enters first and looks then, so that nothing taken back meanwhile is missed. */
    @Override
    public Runnable begun(Accepted who, Runnable cut) {
        var live = new Live(Fingerprint.of(who), cut);
        all.add(live);
        judgeOrCut(live, clock.instant());
        return () -> all.remove(live);
    }

    @Override
    public Optional<String> takenBack(Accepted who) {
        return revocations.revoking(Fingerprint.of(who));
    }

    /** Looks at all of them; to be called about every second, for those that run out. */
    public void sweep() {
        if (!all.isEmpty()) {
            Instant now = clock.instant();
            all.forEach(live -> judgeOrCut(live, now));
        }
    }

    /** One that cannot be judged ends, so that it neither goes on nor keeps the others from being looked at. */
    private void judgeOrCut(Live live, Instant now) {
        try {
            judge(live, now);
        } catch (RuntimeException e) {
            LOG.error("a request that goes on cannot be judged, and ends", e);
            all.remove(live);
            live.cut.run();
        }
    }

    private void judge(Live live, Instant now) {
        Optional<Instant> end = live.fingerprint.who().proof().expires();
        boolean over = end.isPresent() && now.isAfter(end.get());
        if (over
                || gone.test(live.fingerprint.who())
                || revocations.revoking(live.fingerprint).isPresent()) {
            all.remove(live);
            live.cut.run();
        }
    }

    /** How many requests are being watched over. */
    public int count() {
        return all.size();
    }
}

package dev.muster.server.wiring;

import dev.muster.authn.uniquename.Shown;
import dev.muster.authn.uniquename.Source;
import dev.muster.authn.uniquename.UserNames;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of names that two sources give: once of each pair, and not more than a few lines in a minute. */
final class DuplicateLog implements UserNames.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(DuplicateLog.class);
    private static final int LINES = 10;

    private final InstantSource clock;
    private final boolean refusing;
    private final AtomicLong minute = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();

    DuplicateLog(InstantSource clock, boolean refusing) {
        this.clock = clock;
        this.refusing = refusing;
    }

    @Override
    public void duplicate(String name, Source owner, Source other) {
        if (mayTell()) {
            LOG.warn(
                    "the user name {} comes from two places, {} and {}: it is one user to every policy; {}",
                    Shown.name(name),
                    owner.name(),
                    other.name(),
                    refusing
                            ? "the latter is refused"
                            : "both are let in (--duplicate-user-names=refuse would refuse the latter)");
        }
    }

    @Override
    public void unremembered(Source source) {
        if (mayTell()) {
            LOG.warn(
                    "a user name of {} is too long or one too many to be kept apart from others' names; {}",
                    source.name(),
                    refusing ? "it is refused" : "it is let in");
        }
    }

    private boolean mayTell() {
        long now = clock.millis() / 60_000;
        long before = minute.get();
        if (now != before && minute.compareAndSet(before, now)) {
            lines.set(0);
        }
        int line = lines.incrementAndGet();
        if (line == LINES + 1) {
            LOG.warn("more such names: muster check --names lists them");
        }
        return line <= LINES;
    }
}

package dev.muster.apiserver.pipeline;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many refused credentials one address may present: so many at once, and so many a second after that. Whoever is spent is
 * turned away before anything is verified for him. A table of fixed size: two addresses may share a place, which makes the
 * limit stricter for both, never looser. IPv6 counts by /64.
 */
public final class AddressLimit {

    private static final int PLACE_BITS = 13;
    private static final int SLOTS = 1 << PLACE_BITS;
    private static final int SHIFT = 24;
    private static final int MOST = 16_000;
    private static final long MASK = (1L << SHIFT) - 1;

    private final int burst;
    private final int perSecond;
    private final InstantSource clock;
    private final long seed;
    private final long start;
    /** In each place: tenths of a second since the start, and how many refusals are still to be worn off, in thousandths. */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    /**
     * @param burst at most 16,000; 0 = no limit
     * @param perSecond how many wear off in a second
     * @param seed drawn at random: which addresses share a place must not be known
     */
    public AddressLimit(int burst, int perSecond, InstantSource clock, long seed) {
        if (burst < 0 || burst > MOST || burst > 0 && perSecond < 1) {
            throw new IllegalArgumentException("a burst of 0 to " + MOST + " that wears off");
        }
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        this.seed = seed;
        this.start = clock.millis();
    }

    boolean isSpent(InetSocketAddress address) {
        if (burst == 0) {
            return false;
        }
        long slot = slots.get(place(address));
        return (slot & MASK) != 0 && owed(slot, now()) >= burst * 1000L;
    }

    void refused(InetSocketAddress address) {
        if (burst == 0) {
            return;
        }
        int place = place(address);
        long now = now();
        slots.updateAndGet(place, slot -> now << SHIFT | Math.min(MASK, owed(slot, now) + 1000));
    }

    private long owed(long slot, long now) {
        long passed = Math.max(0, now - (slot >>> SHIFT));
        return Math.max(0, (slot & MASK) - passed * perSecond * 100);
    }

    private long now() {
        return Math.max(0, clock.millis() - start) / 100;
    }

    /** Mixed with a number that strangers do not know, so that nobody can choose an address that shares a victim's place. */
    private int place(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null) {
            return 0;
        }
        byte[] bytes = address.getAddress();
        int end = bytes.length == 16 ? 8 : bytes.length;
        long mixed = 0;
        for (int i = 0; i < end; i++) {
            mixed = mixed << 8 | bytes[i] & 0xff;
        }
        mixed = (mixed ^ seed) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
        return (int) (mixed >>> 64 - PLACE_BITS);
    }
}

package dev.muster.authn.ledger;

import dev.muster.http.limit.AddressKey;
import java.util.BitSet;

/**
 * About how many different addresses, in 32 bytes (linear counting: Whang, Vander-Zanden, Taylor 1990). Within some per cent up to
 * several hundred; full at about 1,400.
 */
final class Sketch {

    private static final int BITS = 256;

    private final BitSet seen;

    Sketch() {
        this(new BitSet(BITS));
    }

    private Sketch(BitSet seen) {
        this.seen = seen;
    }

    static Sketch of(byte[] bytes) {
        var bits = BitSet.valueOf(bytes);
        if (bits.length() > BITS) {
            throw new IllegalArgumentException("a sketch of more than " + BITS + " bits");
        }
        return new Sketch(bits);
    }

    byte[] bytes() {
        return seen.toByteArray();
    }

    void add(AddressKey address) {
        long mixed = (address.bits() ^ (address.v6() ? -1L : 0)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
        seen.set((int) (mixed >>> 56));
    }

    void add(Sketch other) {
        seen.or(other.seen);
    }

    long estimate() {
        int empty = Math.max(1, BITS - seen.cardinality());
        return Math.round(-BITS * Math.log((double) empty / BITS));
    }
}

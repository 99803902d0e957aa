package dev.muster.authn.ledger;

import dev.muster.core.identity.Proof;
import dev.muster.http.limit.AddressKey;

/** What a connection remembers: which certificate it is by, and when that was last noted. */
final class Connection {

    final Proof proof;
    final Entry entry;
    final AddressKey from;
    /** Seconds; two threads may both note the same one. */
    volatile long noted;

    private int watches;

    Connection(Proof proof, Entry entry, AddressKey from) {
        this.proof = proof;
        this.entry = entry;
        this.from = from;
    }

    /** One watch more or less; returns how many there are now. */
    synchronized int watches(int change) {
        watches += change;
        return watches;
    }
}

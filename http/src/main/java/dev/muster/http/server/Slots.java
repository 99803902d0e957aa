package dev.muster.http.server;

import dev.muster.http.serve.Exchange;
import java.util.Optional;

/** A handful of values by slot: a scan of a short array is cheaper than any map. */
final class Slots {

    private Object[] pairs = new Object[8];
    private int used;

    <T> void put(Exchange.Slot<T> slot, T value) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i] == slot) {
                pairs[i + 1] = value;
                return;
            }
        }
        if (used == pairs.length) {
            pairs = java.util.Arrays.copyOf(pairs, used * 2);
        }
        pairs[used++] = slot;
        pairs[used++] = value;
    }

    @SuppressWarnings("unchecked") // put only ever pairs a slot with its own type
    <T> Optional<T> get(Exchange.Slot<T> slot) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i] == slot) {
                return Optional.ofNullable((T) pairs[i + 1]);
            }
        }
        return Optional.empty();
    }
}

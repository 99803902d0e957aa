package dev.muster.http.server;

import dev.muster.http.serve.Exchange;
import java.util.Arrays;
import java.util.Optional;

/** A handful of values by slot: a scan of a short array is cheaper than any map. */
final class Slots {

    private static final Object[] NONE = {};

    private Object[] pairs = NONE;
    private int used;

    <T> void put(Exchange.Slot<T> slot, T value) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i] == slot) {
                pairs[i + 1] = value;
                return;
            }
        }
        if (used == pairs.length) {
            pairs = Arrays.copyOf(pairs, used == 0 ? 8 : used * 2);
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

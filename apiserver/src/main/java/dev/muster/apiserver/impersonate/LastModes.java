package dev.muster.apiserver.impersonate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which mode served a caller last, so that it is tried first: whoever has the old verb is not asked for all the new ones each time.
 * It changes the order and so the words of a refusal, never the verdict; a caller whose hash is another's costs nothing but order.
 */
final class LastModes {

    private static final int MOST = 10_000;

    private final Map<Integer, Integer> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > MOST;
        }
    };

    /** The place of the mode; -1 for none. */
    synchronized int of(String caller) {
        return last.getOrDefault(caller.hashCode(), -1);
    }

    synchronized void served(String caller, int mode) {
        last.put(caller.hashCode(), mode);
    }
}

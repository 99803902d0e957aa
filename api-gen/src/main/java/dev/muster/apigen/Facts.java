package dev.muster.apigen;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What descriptors do not say of a field: how lists merge, whether zero means something, what is inlined. */
final class Facts {

    private final Map<String, String> byField = new HashMap<>();
    private final TreeSet<String> unused = new TreeSet<>();

    Facts(String text) {
        String message = "";
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                message = line.strip();
                if (message.endsWith(" object")) {
                    message = message.substring(0, message.indexOf(' '));
                    put(message, "object");
                }
                continue;
            }
            var stripped = line.strip();
            int space = stripped.indexOf(' ');
            put(message + " " + stripped.substring(0, space), stripped.substring(space + 1));
        }
    }

    private void put(String key, String facts) {
        if (byField.put(key, facts) != null) {
            throw new IllegalStateException("said twice: " + key);
        }
        unused.add(key);
    }

    /** Whether its Go type carries apiVersion and kind. */
    boolean isObject(String message) {
        unused.remove(message);
        return byField.containsKey(message);
    }

    /** The facts of a field, separated by spaces; may be empty. */
    String of(String message, String field) {
        var key = message + " " + field;
        unused.remove(key);
        return byField.getOrDefault(key, "");
    }

    /** {@code MESSAGE} or {@code MESSAGE FIELD} of all facts that have not been asked for. */
    Set<String> unused() {
        return unused;
    }
}

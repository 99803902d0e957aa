package dev.muster.http.serve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decoded query parameters, as Go's {@code url.ParseQuery}: pairs that cannot be decoded are dropped and remembered.
 *
 * @param values by name, every value in order
 * @param malformed whether something was dropped
 */
public record Query(Map<String, List<String>> values, boolean malformed) {

    public static final Query EMPTY = new Query(Map.of(), false);

    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        var values = new LinkedHashMap<String, List<String>>();
        boolean malformed = false;
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (pair.indexOf(';') >= 0) {
                malformed = true;
                continue;
            }
            int equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                malformed = true;
                continue;
            }
            values.computeIfAbsent(name.get(), _ -> new ArrayList<>(1)).add(value.get());
        }
        return new Query(values, malformed);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> first(String name) {
        var all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** The first value, or an empty text. */
    public String text(String name) {
        return first(name).orElse("");
    }

    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return Optional.of(text);
        }
        var bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c == '+') {
                bytes.put((byte) ' ');
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

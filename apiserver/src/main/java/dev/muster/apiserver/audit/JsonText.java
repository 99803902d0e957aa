package dev.muster.apiserver.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON built field by field, whatever strings strangers have sent: control characters are escaped, and so is half a surrogate
 * pair, which would not survive UTF-8.
 */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(1024);
    private boolean first = true;

    JsonText open() {
        out.append('{');
        first = true;
        return this;
    }

    JsonText open(String name) {
        name(name);
        return open();
    }

    JsonText close() {
        out.append('}');
        first = false;
        return this;
    }

    JsonText text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    JsonText unlessEmpty(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    JsonText number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** @param json a whole value, on one line */
    JsonText raw(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    JsonText unlessEmpty(String name, List<String> values) {
        if (!values.isEmpty()) {
            name(name);
            list(values);
        }
        return this;
    }

    /** Sorted by key, as Go writes maps. */
    JsonText lists(String name, Map<String, List<String>> values) {
        if (!values.isEmpty()) {
            open(name);
            new TreeMap<>(values).forEach((key, list) -> {
                name(key);
                list(list);
            });
            close();
        }
        return this;
    }

    /** Sorted by key, as Go writes maps. */
    JsonText texts(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            open(name);
            new TreeMap<>(values).forEach(this::text);
            close();
        }
        return this;
    }

    private void list(List<String> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(values.get(i));
        }
        out.append(']');
    }

    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quote(name);
        out.append(':');
    }

    private void quote(String text) {
        out.append('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (c < 0xa0 || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xf));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

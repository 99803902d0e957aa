package dev.muster.http.server;

import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Header texts that most messages have, in the form Netty compares, hashes and writes without looking at each character again.
 * Others go as they are.
 */
final class HeaderText {

    private static final Map<String, AsciiString> KNOWN = known(List.of(
            "accept",
            "audit-id",
            "authorization",
            "cache-control",
            "content-length",
            "content-type",
            "expect",
            "host",
            "user-agent",
            "warning",
            "x-content-type-options",
            "application/json",
            "no-cache, private",
            "nosniff"));

    private HeaderText() {}

    private static Map<String, AsciiString> known(List<String> texts) {
        var known = new HashMap<String, AsciiString>();
        for (String text : texts) {
            var ascii = AsciiString.cached(text);
            ascii.hashCode();
            known.put(text, ascii);
        }
        return Map.copyOf(known);
    }

    static CharSequence of(String text) {
        var known = KNOWN.get(text);
        return known == null ? text : known;
    }
}

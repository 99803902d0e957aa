package dev.muster.authn.oidc;

import java.util.Collection;

/** Texts of strangers for the log: on one line, and not too long. */
final class Plain {

    private static final int LONGEST = 200;
    private static final int KEY_ID = 20;

    private Plain() {}

    /** The beginning of a key id, in quotes: enough to find it by, and not so long that it looks like a credential. */
    static String key(String id) {
        return id.length() <= KEY_ID ? quoted(id) : quoted(id.substring(0, KEY_ID) + '…');
    }

    /** In quotes. */
    static String quoted(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\"\\\\]", "?") + '"';
    }

    static String quoted(Collection<String> texts) {
        var first = texts.stream().limit(10).map(Plain::quoted).toList();
        return texts.size() > first.size()
                ? first + " and " + (texts.size() - first.size()) + " more"
                : first.toString();
    }
}

package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.request.GoText;

/** A request in a log line: quoted, so that nobody writes lines of his own, bounded, and without query or headers. */
final class LogText {

    private static final int LONGEST = 256;

    private LogText() {}

    static String of(Turn turn) {
        var info = turn.info();
        var out = new StringBuilder(128).append("auditID=");
        GoText.appendQuoted(out, turn.auditId());
        out.append(" user=");
        GoText.appendQuoted(out, turn.user() == null ? "" : cut(turn.user().name()));
        out.append(" verb=");
        GoText.appendQuoted(out, cut(info == null ? turn.method() : info.verb()));
        out.append(" path=");
        GoText.appendQuoted(out, cut(info == null ? turn.path() : info.path()));
        return out.append(" from=").append(turn.remote().getAddress()).toString();
    }

    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}

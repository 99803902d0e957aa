package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.GoText;

/** A request in a log line: quoted, so that nobody writes lines of his own, bounded, and without query or headers. */
final class LogText {

    private static final int LONGEST = 256;

    private LogText() {}

    static String of(Turn turn) {
        var info = turn.info();
        var out = new StringBuilder(128).append("auditID=");
        out.append(GoText.quote(turn.auditId()));
        out.append(" user=");
        out.append(GoText.quote(turn.user() == null ? "" : cut(turn.user().name())));
        if (turn.user() != turn.caller()) {
            out.append(" by=").append(GoText.quote(cut(turn.caller().name())));
        }
        out.append(" verb=");
        out.append(GoText.quote(cut(info == null ? turn.method() : info.verb())));
        out.append(" path=");
        out.append(GoText.quote(cut(info == null ? turn.path() : info.path())));
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

package dev.muster.apiserver.pipeline;

import java.util.function.Supplier;

/** Names the request: as the client named it, if the name is short and plain, otherwise by an id of ours. */
final class AuditIdFilter implements Filter {

    private static final int LONGEST = 128;

    private final Supplier<String> ids;

    AuditIdFilter(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public void apply(Turn turn) {
        var sent = turn.headers().first("audit-id");
        turn.auditId(sent.isPresent() && isPlain(sent.get()) ? sent.get() : ids.get());
        turn.proceed();
    }

    /** Nothing that could break a header, a log line or a terminal. */
    private static boolean isPlain(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.:/+=".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}

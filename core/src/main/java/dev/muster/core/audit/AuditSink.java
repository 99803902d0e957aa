package dev.muster.core.audit;

import java.util.function.Consumer;

/** Where events go. */
public interface AuditSink {

    /**
     * Takes an event; never blocks. Events taken one after another are written in that order.
     *
     * @param then called once: true when whoever made the event may go on, false when the request it is about must not. At
     *     once by a sink that does not keep others waiting, otherwise when the event is written, from any thread; it must be
     *     short
     */
    void take(AuditEvent event, Consumer<Boolean> then);

    /** Whether a request is refused when its receipt cannot be recorded. */
    boolean strict();
}

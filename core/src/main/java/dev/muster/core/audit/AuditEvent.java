package dev.muster.core.audit;

/** What happened, ready to be written. Immutable; the text is made by whoever writes it, off the request's thread. */
public interface AuditEvent {

    /**
     * One line of JSON, UTF-8, without its end: an {@code audit.k8s.io/v1} Event.
     *
     * @param whole false = without the recorded objects, and an annotation that says so
     */
    byte[] json(boolean whole);

    /** Kubernetes' older one-line form, without its end. */
    byte[] legacy();

    /** Whether {@link #json} can be made shorter by leaving the recorded objects out. */
    boolean hasObjects();

    /** About how many bytes it keeps in memory until it is written. */
    long weight();

    /** A few words for a log line when it cannot be written: id, stage, verb and user, cleaned. */
    String summary();
}

package dev.muster.apiserver.audit;

import dev.muster.apiserver.request.RequestInfo;
import dev.muster.core.access.Decision;
import dev.muster.core.audit.Level;
import dev.muster.core.audit.Ruling;
import dev.muster.core.audit.Stage;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The audit of one request: told of what happens to it, makes an event at each stage its policy wants. Only one thread at a time
 * works on a request; its end may come from another, and comes once.
 */
public final class RequestAudit {

    /** Where code further in finds it, if the request is recorded. */
    public static final Exchange.Slot<RequestAudit> SLOT = new Exchange.Slot<>("audit");

    /** A Status is shorter than this; what is longer is not looked into for one. */
    private static final int LONGEST_STATUS = 64 * 1024;

    private final Auditor auditor;
    private final Exchange wire;
    private final Instant received;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Map<String, String> annotations = new LinkedHashMap<>(4);
    private Facts facts;
    private Ruling ruling;
    private ActingAs as = ActingAs.SELF;
    private volatile Verdict verdict = Verdict.NONE;
    private volatile Sent sent = Sent.NOTHING;
    private volatile boolean awaitsBody;
    private volatile Answered streaming = Answered.NOT_YET;
    private volatile String fault = "";

    RequestAudit(Auditor auditor, Exchange wire) {
        this.auditor = auditor;
        this.wire = wire;
        this.received = auditor.clock.instant();
    }

    /**
     * Somebody was authenticated: the policy is asked, and the receipt recorded.
     *
     * @param later called from another thread if the request has to wait until its receipt is recorded: false when it must be
     *     refused, since that has failed
     * @return whether the request may go on now; otherwise {@code later} will be called
     */
    public boolean received(String auditId, RequestInfo info, User user, Consumer<Boolean> later) {
        decide(auditId, info, user);
        if (ruling.level() == Level.NONE) {
            return true;
        }
        wire.put(SLOT, this);
        if (!ruling.records(Stage.REQUEST_RECEIVED)) {
            return true;
        }
        var event = event(Stage.REQUEST_RECEIVED, Answered.NOT_YET, received);
        if (!auditor.sink.strict()) {
            take(event, _ -> {});
            return true;
        }
        take(event, written -> {
            if (!written) {
                ended.set(true);
                auditor.counts.rejected.increment();
            }
            later.accept(written);
        });
        return false;
    }

    private void decide(String auditId, RequestInfo info, User user) {
        ruling = auditor.policy.judge(user, info.attributes(user));
        auditor.counts.ruled(ruling.level());
        if (ruling.level() != Level.NONE) {
            facts = Facts.of(wire, auditId, info, user, received);
        }
    }

    /** Adds what is known by now; the first value of a key stays. */
    public void annotate(String key, String value) {
        synchronized (annotations) {
            annotations.putIfAbsent(key, value);
        }
    }

    /** What the authorizers say; the grounds are put into words only when the event is written. */
    public void decided(boolean allowed, Decision.Grounds grounds) {
        verdict = new Verdict(allowed ? "allow" : "forbid", grounds);
    }

    /** The authorizers could not decide. */
    public void undecided() {
        verdict = Verdict.FAILED;
    }

    /**
     * It acts as somebody else.
     *
     * @param constraint the verb of constrained impersonation that allowed it, or empty
     */
    public void actsAs(User target, String constraint) {
        as = new ActingAs(target, constraint);
    }

    /** Hears of the body on its way to the handler, where it is recorded. */
    public Consumer<byte[]> body(Consumer<byte[]> then) {
        if (!isRecorded() || !facts.info().resourceRequest()) {
            return then;
        }
        awaitsBody = true;
        return bytes -> {
            awaitsBody = false;
            boolean names = switch (facts.info().verb()) {
                case "create", "update" -> true;
                default -> false;
            };
            if (names || ruling.level().isAtLeast(Level.REQUEST)) {
                sent = new Sent(wire.headers().first("content-type").orElse(""), bytes);
            }
            then.accept(bytes);
        };
    }

    /**
     * An answer is about to leave, from whomever it comes.
     *
     * @param info null = the request line could not be read: nothing is recorded
     * @param send lets it leave; called once, at once or when the event has been written
     */
    public void answering(String auditId, RequestInfo info, Response response, Runnable send) {
        if (ruling == null) {
            beforeAnybodyWasKnown(auditId, info, response, send);
            return;
        }
        if (!isRecorded() || !ended.compareAndSet(false, true)) {
            send.run();
            return;
        }
        if (!fault.isEmpty()) {
            record(Stage.PANIC, new Answered.Fault(fault), send);
            return;
        }
        var answered = answered(response);
        if (facts.info().longRunning()) {
            record(Stage.RESPONSE_STARTED, answered, () -> {});
        }
        record(Stage.RESPONSE_COMPLETE, answered, send);
    }

    /** As Kubernetes' handler of failed authentication: one stage, without a user. */
    private void beforeAnybodyWasKnown(String auditId, RequestInfo info, Response response, Runnable send) {
        if (info != null) {
            decide(auditId, info, null);
        }
        if (!isRecorded() || !ended.compareAndSet(false, true)) {
            send.run();
        } else {
            record(Stage.RESPONSE_STARTED, answered(response), send);
        }
    }

    /** The server has answered in place of the handler, and does not wait. */
    public void answeredByServer(Response response) {
        if (isRecorded() && ended.compareAndSet(false, true)) {
            record(Stage.RESPONSE_COMPLETE, answered(response), () -> {});
        }
    }

    /** The head of an answer that goes on. */
    public void streaming(int status) {
        if (isRecorded() && !ended.get()) {
            streaming = new Answered.With(status, null);
            if (facts.info().longRunning()) {
                record(Stage.RESPONSE_STARTED, streaming, () -> {});
            }
        }
    }

    /**
     * The connection has gone or is done with. An answer that is still being made is recorded when it comes, though nobody
     * hears it any more; one that cannot come, since the rest of the request did not, is recorded as missing.
     */
    public void closed() {
        if (!isRecorded()) {
            return;
        }
        if (!(streaming instanceof Answered.NotYet)) {
            if (ended.compareAndSet(false, true)) {
                record(fault.isEmpty() ? Stage.RESPONSE_COMPLETE : Stage.PANIC, streaming, () -> {});
            }
        } else if (awaitsBody && ended.compareAndSet(false, true)) {
            record(Stage.RESPONSE_COMPLETE, new Answered.GoneBefore(), () -> {});
        }
    }

    /** A fault of ours ends it. Its message may quote what was sent, so only its kind is kept. */
    public void failed(Throwable thrown) {
        fault = thrown.getClass().getSimpleName();
        if (isRecorded() && !(streaming instanceof Answered.NotYet)) {
            streaming = new Answered.Fault(fault);
        }
    }

    private boolean isRecorded() {
        return ruling != null && ruling.level() != Level.NONE;
    }

    /** Keeps the answer itself only where something of it is recorded. */
    private Answered answered(Response response) {
        int length = response.body().length;
        boolean whole = ruling.level() == Level.REQUEST_RESPONSE && facts.info().resourceRequest();
        boolean perhapsStatus = length <= LONGEST_STATUS
                && (response.status() >= 400 || facts.info().verb().startsWith("delete"));
        return new Answered.With(response.status(), length > 0 && (whole || perhapsStatus) ? response : null);
    }

    private void record(Stage stage, Answered answered, Runnable then) {
        if (!ruling.records(stage)) {
            then.run();
            return;
        }
        take(event(stage, answered, auditor.clock.instant()), _ -> then.run());
    }

    private void take(StageEvent event, Consumer<Boolean> then) {
        auditor.counts.events.increment();
        auditor.sink.take(event, then);
    }

    private StageEvent event(Stage stage, Answered answered, Instant at) {
        Map<String, String> now;
        synchronized (annotations) {
            now = Map.copyOf(annotations);
        }
        return new StageEvent(facts, ruling, stage, at, as, sent, answered, new Notes(now, verdict), auditor.bodies);
    }
}

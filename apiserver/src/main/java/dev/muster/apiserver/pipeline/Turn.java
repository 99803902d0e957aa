package dev.muster.apiserver.pipeline;

import dev.muster.api.codec.Json;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.audit.RequestAudit;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.request.RequestInfo;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import dev.muster.http.serve.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

/**
 * One request on its way, and the exchange that its handler sees. It is answered once: by its handler, or by the deadline,
 * whoever comes first; what comes later is dropped.
 */
final class Turn extends Forwarding {

    private static final AtomicIntegerFieldUpdater<Turn> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Turn.class, "state");
    private static final AtomicReferenceFieldUpdater<Turn, InFlight.Share> SHARE =
            AtomicReferenceFieldUpdater.newUpdater(Turn.class, InFlight.Share.class, "share");
    private static final Status UNAUTHORIZED = RequestStatuses.unauthorized();
    private static final Response NO_MORE =
            new Response(UNAUTHORIZED.code(), MediaType.JSON.headers(), Json.write(UNAUTHORIZED.toTree()));
    private static final int OPEN = 0;
    private static final int ANSWERED = 1;
    private static final int EXPIRED = 2;

    private final Filter[] filters;
    private final PanicGuard guard;
    private final TurnEnd end;
    private final RequestAudit audit;
    private int at;
    private volatile int state;

    private String auditId = "";
    private boolean defaultHeaders;
    private RequestInfo info;
    private User user;
    private User caller;
    private Acting acting;
    private Set<String> headerNames;
    private long timeoutMillis;
    private volatile InFlight.Share share;
    private List<String> added;
    private volatile Future<?> timer;
    private volatile Stream live;
    private volatile boolean cut;

    Turn(Exchange wire, Filter[] filters, PanicGuard guard, TurnEnd end) {
        this(wire, filters, guard, end, null);
    }

    /** @param audit null = requests are not audited */
    Turn(Exchange wire, Filter[] filters, PanicGuard guard, TurnEnd end, RequestAudit audit) {
        super(wire);
        this.filters = filters;
        this.guard = guard;
        this.end = end;
        this.audit = audit;
    }

    /** On to the next filter. */
    void proceed() {
        filters[at++].apply(this);
    }

    String auditId() {
        return auditId;
    }

    /** Named at once on the wire, so that an answer the server has to make carries it too. */
    void auditId(String id) {
        auditId = id;
        wire.addHeader("audit-id", id);
    }

    /** From here on the answer carries what every answer carries. */
    void wantDefaultHeaders() {
        defaultHeaders = true;
        wire.addHeader("x-content-type-options", "nosniff");
    }

    /** The names of the request's headers as they came, in lower case; removed ones included. */
    Set<String> headerNames() {
        if (headerNames == null) {
            headerNames = wire.headers().names();
        }
        return headerNames;
    }

    /** Null when requests are not audited. */
    RequestAudit audit() {
        return audit;
    }

    /** Null before the request line was read. */
    RequestInfo info() {
        return info;
    }

    void info(RequestInfo read) {
        info = read;
    }

    /** As whom the request is served; null before authentication. */
    User user() {
        return user;
    }

    void user(User who) {
        user = who;
        caller = who;
    }

    /** Who really called, whoever they act as; null before authentication. */
    User caller() {
        return caller;
    }

    /** Null before impersonation, and where nobody acts as another. */
    Acting acting() {
        return acting;
    }

    void acting(Acting how) {
        acting = how;
    }

    /** From here on the request is the other's. */
    void impersonate(User other, Acting how) {
        user = other;
        acting = how;
        if (audit != null) {
            audit.actsAs(other, how.constraint());
        }
    }

    /** 0 = none. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    void timeoutMillis(long millis) {
        timeoutMillis = millis;
    }

    void share(InFlight.Share taken) {
        share = taken;
    }

    /** The timer that would end this turn; cancelled when it is answered in time. */
    void timer(Future<?> running) {
        timer = running;
        if (state != OPEN) {
            running.cancel(false);
        }
    }

    /** Answers in place of the handler, from any thread; whether it came first. */
    boolean expire(Response answer) {
        if (wire.responded() || !STATE.compareAndSet(this, OPEN, EXPIRED)) {
            return false;
        }
        if (audit == null) {
            sendExpired(answer);
        } else {
            audit.answering(auditId, info, answer, () -> sendExpired(answer));
        }
        return true;
    }

    private void sendExpired(Response answer) {
        if (!wire.responded()) {
            sendDefaults(answer.headers());
            wire.respond(answer);
        }
        finish(answer.status());
    }

    /**
     * Ends what goes on, since its credential is good no more; answers so where nothing was answered yet. What waits for a slow
     * reader is dropped: it is no business of his any more. From any thread.
     */
    void cutOff() {
        cut = true;
        if (expire(NO_MORE)) {
            return;
        }
        Stream running = live;
        if (running == null) {
            return;
        }
        if (running.queued() == 0) {
            running.end();
        } else {
            running.reset();
        }
    }

    /** Whether neither the handler nor the deadline has answered. */
    boolean isOpen() {
        return state == OPEN;
    }

    /** The connection has gone, or is done with. */
    void closed() {
        finish(0);
        if (audit != null) {
            audit.closed();
        }
    }

    /** A fault of ours ends it. */
    void failed(Throwable thrown) {
        if (audit != null) {
            audit.failed(thrown);
        }
    }

    /** Breaks off a stream that a fault has left behind. */
    void breakOff() {
        Stream running = live;
        if (running != null) {
            running.reset();
        }
    }

    @Override
    public void respond(Response response) {
        if (STATE.compareAndSet(this, OPEN, ANSWERED)) {
            if (audit == null) {
                send(response);
            } else {
                audit.answering(auditId, info, response, () -> send(response));
            }
        } else if (state != EXPIRED) {
            wire.respond(response);
        }
    }

    private void send(Response response) {
        if (!wire.responded()) {
            sendHeaders(response.headers());
            wire.respond(response);
        }
        finish(response.status());
    }

    @Override
    public Stream stream(int status, Map<String, List<String>> headers) {
        if (!STATE.compareAndSet(this, OPEN, ANSWERED)) {
            return state == EXPIRED ? DeadStream.INSTANCE : wire.stream(status, headers);
        }
        if (wire.responded()) {
            finish(0);
            return DeadStream.INSTANCE;
        }
        sendHeaders(headers);
        if (audit != null) {
            audit.streaming(status);
            wire.onClosed(audit::closed);
        }
        live = wire.stream(status, headers);
        if (cut) {
            live.reset();
        }
        finish(status);
        return live;
    }

    private void sendHeaders(Map<String, List<String>> own) {
        sendDefaults(own);
        if (added != null) {
            for (int i = 0; i < added.size(); i += 2) {
                wire.addHeader(added.get(i), added.get(i + 1));
            }
        }
    }

    private void sendDefaults(Map<String, List<String>> own) {
        if (defaultHeaders && !own.containsKey("cache-control")) {
            wire.addHeader("cache-control", "no-cache, private");
        }
    }

    private void finish(int status) {
        var taken = share == null ? null : SHARE.getAndSet(this, null);
        if (taken != null) {
            taken.release();
        }
        var running = timer;
        if (running != null) {
            running.cancel(false);
        }
        if (status != 0) {
            end.answered(this, status);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (state != OPEN) {
            return;
        }
        if (added == null) {
            added = new ArrayList<>(4);
        }
        added.add(name);
        added.add(value);
    }

    @Override
    public void closeConnectionAfter() {
        if (state == OPEN) {
            wire.closeConnectionAfter();
        }
    }

    @Override
    public boolean responded() {
        return state != OPEN || wire.responded();
    }

    @Override
    public void body(int limit, Consumer<byte[]> then) {
        Consumer<byte[]> heard = audit == null ? then : audit.body(then);
        wire.body(limit, bytes -> {
            // What was answered meanwhile, since its time was up or its credential taken back, does nothing any more.
            if (isOpen()) {
                guard.run(this, () -> heard.accept(bytes));
            }
        });
    }

    @Override
    public void offload(Lane lane, Runnable work) {
        wire.offload(lane, () -> guard.run(this, work));
    }
}

package dev.muster.http.server;

import dev.muster.core.identity.PeerChain;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Headers;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Query;
import dev.muster.http.serve.Response;
import dev.muster.http.serve.Stream;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One request and its answer, on Vert.x. What touches the connection happens on its event loop; the rest anywhere. */
final class VertxExchange implements Exchange {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long NEVER = Long.MAX_VALUE;

    final Connection connection;
    final HttpServerRequest request;
    final Answer answer;
    VertxExchange older;
    VertxExchange newer;
    private final RequestTarget target;
    private final RequestHeaders headers;
    private final AtomicBoolean responded = new AtomicBoolean();
    private final Slots slots = new Slots();
    private List<Runnable> closeActions = List.of();
    private Query query;
    private BodyReader body;
    private volatile VertxStream stream;
    private Fault onDeadline = new Fault.Unanswered();
    private long deadline;
    private boolean finished;
    private boolean paused;

    VertxExchange(Connection connection, HttpServerRequest request, RequestTarget target) {
        this.connection = connection;
        this.request = request;
        this.target = target;
        this.headers = new RequestHeaders(request);
        this.answer = new Answer(this);
        this.deadline = connection.loop.in(timeouts().answer());
    }

    Timeouts timeouts() {
        return connection.loop.serving.config().timeouts();
    }

    /** Runs the handler; whatever it does not read now waits unread until it does. */
    void run() {
        connection.began(this);
        if (connection.http2) {
            request.response().closeHandler(_ -> finish());
        }
        try {
            connection.loop.serving.handler().handle(this);
        } catch (Throwable t) {
            fault(new Fault.Thrown(t));
        }
        if (body == null && !finished && !responded.get() && !request.isEnded()) {
            paused = true;
            request.pause();
        }
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public String rawQuery() {
        return target.query();
    }

    @Override
    public Query query() {
        if (query == null) {
            query = Query.parse(target.query());
        }
        return query;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public int httpVersion() {
        return connection.http2 ? 2 : 1;
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote;
    }

    @Override
    public Optional<PeerChain> peerChain() {
        return connection.peerChain;
    }

    @Override
    public void body(int limit, Consumer<byte[]> then) {
        onLoop(() -> {
            if (body != null) {
                throw new IllegalStateException("the body has been asked for already");
            }
            body = new BodyReader(this, limit, then);
            if (!finished && body.begin()) {
                waitFor(new Fault.BodyTooSlow(), connection.loop.in(timeouts().body()));
                resume();
            }
        });
    }

    /** The body is here: on with the handler, under its own deadline again. */
    void bodyRead() {
        waitFor(new Fault.Unanswered(), connection.loop.in(timeouts().answer()));
    }

    @Override
    public void offload(Lane lane, Runnable work) {
        boolean room = connection.loop.serving.lanes().run(lane, () -> guarded(work));
        if (!room) {
            fault(new Fault.Busy(RETRY_AFTER));
        }
    }

    void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable t) {
            fault(new Fault.Thrown(t));
        }
    }

    /** Answers for a handler that cannot; an answer under way is broken off. */
    void fault(Fault fault) {
        if (fault instanceof Fault.Thrown(var cause)) {
            Serving.LOG.error("{} {} failed", method(), path(), cause);
        }
        if (fault instanceof Fault.BodyTooLarge || fault instanceof Fault.BodyTooSlow) {
            answer.closeAfter();
        }
        if (responded.compareAndSet(false, true)) {
            var response = connection.loop.serving.answer(this, fault);
            onLoop(() -> answer.send(response));
        } else if (stream != null) {
            stream.reset();
        }
    }

    @Override
    public void respond(Response response) {
        if (responded.compareAndSet(false, true)) {
            onLoop(() -> answer.send(response));
        } else {
            Serving.LOG.error("second response to {} {}", method(), path(), new IllegalStateException("responded"));
        }
    }

    @Override
    public Stream stream(int status, Map<String, List<String>> responseHeaders) {
        if (!responded.compareAndSet(false, true)) {
            throw new IllegalStateException("responded already");
        }
        var begun = new VertxStream(this);
        stream = begun;
        onLoop(() -> answer.begin(status, responseHeaders, begun));
        return begun;
    }

    @Override
    public void addHeader(String name, String value) {
        answer.add(name, value);
    }

    @Override
    public boolean responded() {
        return responded.get();
    }

    @Override
    public void onClosed(Runnable action) {
        synchronized (slots) {
            if (!finished) {
                if (closeActions.isEmpty()) {
                    closeActions = new ArrayList<>(2);
                }
                closeActions.add(action);
                return;
            }
        }
        connection.loop.eventLoop.execute(() -> closeAction(action));
    }

    @Override
    public <T> void put(Slot<T> slot, T value) {
        slots.put(slot, value);
    }

    @Override
    public <T> Optional<T> get(Slot<T> slot) {
        return slots.get(slot);
    }

    boolean finished() {
        return finished;
    }

    /** The client has gone, or has everything. */
    void finish() {
        List<Runnable> actions;
        synchronized (slots) {
            if (finished) {
                return;
            }
            finished = true;
            actions = closeActions;
            closeActions = List.of();
        }
        deadline = NEVER;
        connection.ended(this);
        actions.forEach(this::closeAction);
    }

    private void closeAction(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            Serving.LOG.error("after {} {}", method(), path(), e);
        }
    }

    /** Lets what nobody reads flow past. */
    void resume() {
        if (paused) {
            paused = false;
            request.resume();
        }
    }

    void waitFor(Fault what, long until) {
        onDeadline = what;
        deadline = until;
    }

    /** The client owes it to take what is written, or at least some of it. */
    void awaitReading() {
        deadline = connection.loop.in(timeouts().reading());
    }

    void awaitNothing() {
        deadline = NEVER;
    }

    void tick(long now) {
        answer.stopUpload();
        if (now < deadline || finished) {
            return;
        }
        deadline = NEVER;
        if (responded.get()) {
            answer.abort();
        } else {
            fault(onDeadline);
        }
    }

    /** A whole answer goes out like a stream. */
    VertxStream pieces() {
        stream = new VertxStream(this);
        return stream;
    }

    void drain() {
        if (stream != null) {
            stream.end();
        }
    }

    private void onLoop(Runnable action) {
        if (connection.loop.eventLoop.inEventLoop()) {
            action.run();
        } else {
            connection.loop.eventLoop.execute(() -> guarded(action));
        }
    }
}

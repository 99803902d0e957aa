package dev.muster.authn.structured;

import dev.muster.core.identity.Outcome;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A few threads for rules that are much work, so that neither event loops nor all virtual threads wait for them. */
public final class Apart implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING = 64;

    /** Waiting in the queue included; see {@link dev.muster.authn.cel.Work#APART} for what one rule may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String WHAT = "claim rules";

    private final ExecutorService threads;

    public Apart() {
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("muster-rules-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** Blocks until it is judged; unavailable when too many others wait already. */
    Outcome judge(Supplier<Outcome> work) {
        try {
            var answer = threads.submit(work::get);
            try {
                return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                answer.cancel(false);
            }
        } catch (RejectedExecutionException | TimeoutException busy) {
            return new Outcome.Unavailable(WHAT + ": too many at one time", busy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable(WHAT, e);
        } catch (ExecutionException bug) {
            return new Outcome.Unavailable(WHAT + ": " + bug.getCause(), bug.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

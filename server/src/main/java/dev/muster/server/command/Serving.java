package dev.muster.server.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Serves until the process is asked to end; then closes and ends with status 0. */
public final class Serving {

    private static final long LONGEST_FAREWELL_SECONDS = 30;

    private Serving() {}

    /** Waits for SIGTERM or SIGINT, and does not return before everything is closed. */
    public static void untilAsked(AutoCloseable server, Terminal terminal) throws InterruptedException {
        var closed = new CountDownLatch(1);
        Thread farewell = Thread.ofPlatform().name("muster-farewell").unstarted(() -> {
            int status = 0;
            try {
                server.close();
            } catch (Exception e) {
                terminal.complain("closing failed: " + e.getMessage());
                status = 1;
            }
            closed.countDown();
            // The default status after a signal would tell of failure.
            Runtime.getRuntime().halt(status);
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        closed.await();
        TimeUnit.SECONDS.sleep(LONGEST_FAREWELL_SECONDS);
    }
}

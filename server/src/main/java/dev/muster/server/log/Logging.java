package dev.muster.server.log;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up {@code java.util.logging}: everything from INFO up goes to standard error, a line each. Named by the JVM option
 * {@code java.util.logging.config.class}. {@code MUSTER_LOG_LEVEL} (FINE, INFO, WARNING, ...) changes the level.
 */
public final class Logging {

    /** Called by the log manager. */
    public Logging() {
        Logger root = Logger.getLogger("");
        Level level = level(System.getenv("MUSTER_LOG_LEVEL"));
        root.setLevel(level);
        var handler = new ConsoleHandler();
        handler.setLevel(level);
        handler.setFormatter(new LineFormat());
        root.addHandler(handler);
    }

    private static Level level(String text) {
        if (text == null || text.isEmpty()) {
            return Level.INFO;
        }
        try {
            return Level.parse(text);
        } catch (IllegalArgumentException e) {
            return Level.INFO;
        }
    }
}

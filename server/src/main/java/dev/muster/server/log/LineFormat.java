package dev.muster.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** {@code 2026-01-02T03:04:05.678Z WARN  logger  message}, control characters shown as {@code \n} and the like. */
public final class LineFormat extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord line) {
        var out = new StringBuilder(160);
        TIME.formatTo(line.getInstant(), out);
        out.append(' ').append(level(line.getLevel())).append(' ').append(shortName(line.getLoggerName()));
        out.append(": ");
        appendSafely(out, formatMessage(line));
        if (line.getThrown() != null) {
            var trace = new StringWriter();
            line.getThrown().printStackTrace(new PrintWriter(trace));
            out.append(" | ");
            appendSafely(out, trace.toString());
        }
        return out.append('\n').toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue()
                ? "ERROR"
                : value >= Level.WARNING.intValue() ? "WARN " : value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    private static String shortName(String logger) {
        return logger == null
                ? ""
                : logger.startsWith("dev.muster.") ? logger.substring("dev.muster.".length()) : logger;
    }

    private static void appendSafely(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append(' ');
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}

package dev.muster.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    private static String format(String message) {
        var line = new LogRecord(Level.WARNING, message);
        line.setLoggerName("dev.muster.http");
        return new LineFormat().format(line);
    }

    @Test
    void anEventIsOneLineWhateverAStrangerPutIntoIt() {
        String line = format("agent=x\n2026-01-01T00:00:00.000Z INFO  forged\r\u001b[2J\u2028end");

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(line).contains("\\n2026").doesNotContain("\u001b", "\r", "\u2028");
    }

    @Test
    void theLevelAndTheShortNameOfTheLoggerStandBeforeTheMessage() {
        assertThat(format("hello")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARN  http: hello\n");
    }
}

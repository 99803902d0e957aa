package dev.muster.server.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "30s, PT30S",
        "1h2m3s, PT1H2M3S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "100ms, PT0.1S",
        "-2m, PT-2M",
        "3us, PT0.000003S"
    })
    void readsWhatGoReads(String text, Duration meant) {
        assertThat(GoDuration.parse(text)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1d", "1h 2m", "1,5s", "9999999999h", "1h2", "--1s"})
    void refusesWhatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}

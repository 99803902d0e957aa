package dev.muster.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations as Go reads them. */
class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "1s,PT1S",
        "1.5h,PT1H30M",
        "-2m,PT-2M",
        "+3s,PT3S",
        "300ms,PT0.3S",
        "1h2m3s4ms5us6ns,PT1H2M3.004005006S",
        ".5s,PT0.5S",
        "1.s,PT1S",
        "1µs,PT0.000001S",
        "2562047h,PT2562047H",
        "0h,PT0S"
    })
    void whatGoReadsIsRead(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "'','time: invalid duration \"\"'",
        "-,'time: invalid duration \"-\"'",
        "5,'time: missing unit in duration \"5\"'",
        "5x,'time: unknown unit \"x\" in duration \"5x\"'",
        "s,'time: invalid duration \"s\"'",
        ".s,'time: invalid duration \".s\"'",
        "3000000h,'time: invalid duration \"3000000h\"'",
        "1..2s,'time: invalid duration \"1..2s\"'",
        "1d,'time: unknown unit \"d\" in duration \"1d\"'",
        "1h 2m,'time: unknown unit \"h \" in duration \"1h 2m\"'",
        "'1,5s','time: unknown unit \",\" in duration \"1,5s\"'",
        "1h2,'time: missing unit in duration \"1h2\"'",
        "--1s,'time: invalid duration \"--1s\"'"
    })
    void theRestIsRefusedInGosWords(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(message);
    }
}

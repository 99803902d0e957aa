package dev.muster.api.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantityTest {

    record Row(String text, String canonical) {}

    static Stream<Row> quantities() {
        return Stream.of(
                new Row("0", "0"),
                new Row("1000m", "1"),
                new Row("0.5", "500m"),
                new Row("1500m", "1500m"),
                new Row("100Mi", "100Mi"),
                new Row("1024Mi", "1Gi"),
                new Row("1.5Gi", "1536Mi"),
                new Row("1000Ki", "1000Ki"),
                new Row("1Ki", "1Ki"),
                new Row("0.5Ki", "512"),
                new Row("2000", "2k"),
                new Row("1500", "1500"),
                new Row("1e3", "1e3"),
                new Row("1E", "1E"),
                new Row("1E3", "1e3"),
                new Row("-1", "-1"),
                new Row("+1", "1"),
                new Row("1.", "1"),
                new Row(".5", "500m"),
                new Row("0.0000000001", "1n"),
                new Row("007", "7"));
    }

    @ParameterizedTest
    @MethodSource
    void quantities(Row row) {
        assertThat(Quantity.parse(row.text()).orElseThrow().canonical()).isEqualTo(row.canonical());
    }

    @Test
    void whatIsNoQuantityIsNone() {
        for (String text : List.of(
                "",
                "a",
                "1x",
                "1 ",
                " 1",
                "1e",
                "1e99999",
                "1e+41",
                "1..2",
                "--1",
                "1kk",
                "1ki",
                "١",
                "9".repeat(99))) {
            assertThat(Quantity.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void theCanonicalFormIsTheSameAmountAndCanonical() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                text.append("0123456789.".charAt(random.nextInt(11)));
            }
            text.append(
                    List.of("", "m", "k", "Ki", "Gi", "e2", "n", "E", "-1", "i").get(random.nextInt(10)));
            Quantity.parse(text.toString()).ifPresent(quantity -> {
                var again = Quantity.parse(quantity.canonical()).orElseThrow();
                assertThat(again).as("%s", text).isEqualTo(quantity);
                // A binary amount that no power of 1024 divides is written plain, and read as decimal then.
                if (quantity.form() == again.form()) {
                    assertThat(again.canonical()).isEqualTo(quantity.canonical());
                }
            });
        }
    }
}

package dev.muster.authn.tokenfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random files, and a second reader made another way: line by line, as Go's manual tells it. */
class CsvFuzzTest {

    private static final String ALPHABET = "\"\",,\n\n\r\nab # ;'é";

    @Test
    void randomFilesAreReadAsTheSecondReaderReadsThem() {
        var random = new Random(8);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 200_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(14); n > 0; n--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            var expected = secondReader(text.toString());
            Optional<List<List<String>>> read;
            try {
                read = Optional.of(
                        Csv.read(text.toString()).stream().map(Csv.Row::fields).toList());
                good++;
            } catch (MalformedTokenFile e) {
                read = Optional.empty();
                bad++;
            }
            assertThat(read).as("%s", text).isEqualTo(expected);
        }
        assertThat(good).isGreaterThan(20_000);
        assertThat(bad).isGreaterThan(20_000);
    }

    @Test
    void whatIsWrittenWithQuotesIsReadAgain() throws MalformedTokenFile {
        var random = new Random(9);
        for (int i = 0; i < 20_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var rows = new ArrayList<List<String>>();
            var file = new StringBuilder();
            for (int r = random.nextInt(4); r >= 0; r--) {
                var row = new ArrayList<String>();
                for (int f = random.nextInt(5); f >= 0; f--) {
                    var field = new StringBuilder();
                    for (int n = random.nextInt(5); n > 0; n--) {
                        field.append("\",\nab ".charAt(random.nextInt(6)));
                    }
                    row.add(field.toString());
                }
                rows.add(row);
                file.append(String.join(
                                ",",
                                row.stream()
                                        .map(f -> "\"" + f.replace("\"", "\"\"") + "\"")
                                        .toList()))
                        .append('\n');
            }
            assertThat(Csv.read(file.toString()).stream().map(Csv.Row::fields)).isEqualTo(rows);
        }
    }

    /** Lines first, fields then; quoted fields may swallow further lines. */
    private static Optional<List<List<String>>> secondReader(String text) {
        var lines = lines(text);
        var rows = new ArrayList<List<String>>();
        for (int at = 0; at < lines.size(); at++) {
            String rest = lines.get(at);
            if (rest.equals("\n")) {
                continue;
            }
            var row = new ArrayList<String>();
            while (true) {
                if (!rest.startsWith("\"")) {
                    int comma = rest.indexOf(',');
                    String field = comma < 0 ? rest.replaceFirst("\n$", "") : rest.substring(0, comma);
                    if (field.contains("\"")) {
                        return Optional.empty();
                    }
                    row.add(field);
                    if (comma < 0) {
                        break;
                    }
                    rest = rest.substring(comma + 1);
                    continue;
                }
                var field = new StringBuilder();
                rest = rest.substring(1);
                while (true) {
                    int quote = rest.indexOf('"');
                    if (quote < 0) {
                        field.append(rest);
                        if (++at >= lines.size()) {
                            return Optional.empty();
                        }
                        rest = lines.get(at);
                        continue;
                    }
                    field.append(rest, 0, quote);
                    rest = rest.substring(quote + 1);
                    if (!rest.startsWith("\"")) {
                        break;
                    }
                    field.append('"');
                    rest = rest.substring(1);
                }
                row.add(field.toString());
                if (rest.isEmpty() || rest.equals("\n")) {
                    break;
                }
                if (!rest.startsWith(",")) {
                    return Optional.empty();
                }
                rest = rest.substring(1);
            }
            rows.add(row);
        }
        return Optional.of(rows);
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', from)) {
            String line = text.substring(from, feed);
            lines.add((line.endsWith("\r") ? line.substring(0, line.length() - 1) : line) + "\n");
            from = feed + 1;
        }
        String last = text.substring(from);
        last = last.endsWith("\r") ? last.substring(0, last.length() - 1) : last;
        if (!last.isEmpty()) {
            lines.add(last);
        }
        return lines;
    }
}

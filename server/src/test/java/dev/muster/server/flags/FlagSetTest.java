package dev.muster.server.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagSetTest {

    private static final FlagSet KNOWN = new FlagSet(List.of(
            Flag.text("client-ca-file", "", ""),
            Flag.bool("anonymous-auth", true, ""),
            Flag.number("secure-port", 6443, ""),
            Flag.duration("request-timeout", "1m0s", ""),
            Flag.list("authorization-mode", "RBAC", ""),
            Flag.map("runtime-config", "")));

    private static Flags parse(String... arguments) {
        return KNOWN.parse(List.of(arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--client-ca-file=a.crt", "--client-ca-file a.crt", "--client_ca_file=a.crt"})
    void aValueComesAfterAnEqualsSignOrAsTheNextWordAndUnderscoresAreDashes(String line) {
        Flags flags = parse(line.split(" "));

        assertThat(flags.text("client-ca-file")).isEqualTo("a.crt");
        assertThat(flags.problems()).isEmpty();
    }

    @Test
    void aBooleanNeverTakesTheNextWord() {
        Flags flags = parse("--anonymous-auth", "false");

        assertThat(flags.bool("anonymous-auth")).isTrue();
        assertThat(flags.words()).containsExactly("false");
    }

    @Test
    void aBooleanIsSwitchedOffWithAnEqualsSign() {
        assertThat(parse("--anonymous-auth=false").bool("anonymous-auth")).isFalse();
    }

    @Test
    void theLastOfARepeatedTextWinsAndListsAddUp() {
        Flags flags = parse(
                "--client-ca-file=a", "--client-ca-file=b", "--authorization-mode=A,B", "--authorization-mode", "C");

        assertThat(flags.text("client-ca-file")).isEqualTo("b");
        assertThat(flags.list("authorization-mode")).containsExactly("A", "B", "C");
    }

    @Test
    void aMapReadsABareKeyAsTrueAndLaterPairsWin() {
        assertThat(parse("--runtime-config=a/v1,b/v1=true", "--runtime-config=b/v1=false")
                        .map("runtime-config"))
                .isEqualTo(Map.of("a/v1", "true", "b/v1", "false"));
    }

    @Test
    void everyProblemIsReportedAndTheNearestKnownNameIsOffered() {
        Flags flags = parse("--cleint-ca-file=x", "--nonsense", "-v", "--secure-port");

        assertThat(flags.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "--cleint-ca-file: unknown flag (did you mean --client-ca-file?)",
                        "--nonsense: unknown flag",
                        "-v: unknown shorthand flag: write flags with two dashes",
                        "--secure-port: flag needs an argument");
    }

    @Test
    void aNumberOutOfItsRangeIsRefusedAsKubeApiserverSaysIt() {
        Flags flags = parse("--secure-port=70000");

        flags.number("secure-port", 0, 65535);

        assertThat(flags.problems())
                .extracting(Problem::toString)
                .containsExactly("--secure-port: Invalid value: 70000: must be between 0 and 65535, inclusive");
    }

    @Test
    void aMalformedDurationIsRefusedAndTheDefaultStands() {
        Flags flags = parse("--request-timeout=soon");

        assertThat(flags.duration("request-timeout")).isEqualTo(Duration.ofMinutes(1));
        assertThat(flags.problems()).hasSize(1);
    }

    @Test
    void wordsAfterTwoDashesAreNoFlags() {
        assertThat(parse("--", "--client-ca-file=x").words()).containsExactly("--client-ca-file=x");
    }

    @Test
    void whatIsNotPrintableIsQuotedInMessages() {
        assertThat(Quote.go("a\nb\u001b[2J\"")).isEqualTo("\"a\\nb\\x1b[2J\\\"\"");
    }
}

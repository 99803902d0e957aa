package dev.muster.authz.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoQuoteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "a|\"a\"",
                "say \"hi\"|\"say \\\"hi\\\"\"",
                "back\\slash|\"back\\\\slash\"",
                "grün 世界|\"grün 世界\"",
            })
    void printableTextStaysAsItIs(String text, String quoted) {
        assertThat(GoQuote.quote(text)).isEqualTo(quoted);
    }

    @Test
    void whatCannotBePrintedIsEscapedAsGoDoes() {
        assertThat(GoQuote.quote("a\nb\tc\u0001\u007f\u00a0\u200b\ufeff\udb40\udc01"))
                .isEqualTo("\"a\\nb\\tc\\x01\\x7f\\u00a0\\u200b\\ufeff\\U000e0001\"");
    }

    @Test
    void aListIsInBracketsWithBlanksBetween() {
        assertThat(GoQuote.quote(List.of("a", "b"))).isEqualTo("[\"a\" \"b\"]");
        assertThat(GoQuote.quote(List.of())).isEqualTo("[]");
    }
}

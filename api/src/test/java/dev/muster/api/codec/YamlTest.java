package dev.muster.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "yes => true",
                "On => true",
                "n => false",
                "OFF => false",
                "True => true",
                "~ => null",
                "Null => null",
                "010 => 8",
                "0o10 => 8",
                "0x1F => 31",
                "0b101 => 5",
                "-7 => -7",
                "+7 => 7",
                "1_000 => 1000",
                "1.5 => 1.5",
                "2020-01-01 => \"2020-01-01\"",
                "2020-01-01T00:00:00Z => \"2020-01-01T00:00:00Z\"",
                "'yes' => \"yes\"",
                "\"1\" => \"1\"",
                "1.2.3 => \"1.2.3\"",
                "08 => 8.0",
                "9223372036854775807 => 9223372036854775807",
                "tRUE => \"tRUE\"",
                "0xg => \"0xg\"",
            })
    void scalarsMeanWhatGoYamlTakesThemFor(String text, String json) {
        assertThat(yaml("a: " + text).get("a").toString()).isEqualTo(json);
    }

    @Test
    void keysBecomeText() {
        assertThat(yaml("1: a\ntrue: b\n").toString()).isEqualTo("{\"1\":\"a\",\"true\":\"b\"}");
    }

    @Test
    void duplicatesAreReportedWithTheirLine() {
        var parsed = Yaml.parseObject(bytes("a: 1\nb: 2\na: 3\n"));
        assertThat(parsed.value().get("a").intValue()).isEqualTo(3);
        assertThat(parsed.problems())
                .containsExactly("yaml: unmarshal errors:\n  line 3: key \"a\" already set in map");
    }

    @Test
    void aliasesAndMergeKeysAreExpanded() {
        assertThat(yaml("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: *x\n").toString())
                .isEqualTo("{\"a\":{\"p\":1,\"q\":2},\"b\":{\"q\":3,\"p\":1},\"c\":{\"p\":1,\"q\":2}}");
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n"
                    .replace("*a%d", "*a" + (i - 1))
                    .replace("%d", "" + i));
        }
        assertThatThrownBy(() -> yaml(text.toString()))
                .isInstanceOf(MalformedBody.class)
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\n---\nb: 2\n",
                "- a\n",
                "just text",
                "",
                "a: !!binary aGk=\n",
                "a: !!java.net.URL [x]\n",
                "!!map {a: 1}",
                "a: *unknown\n",
                "a: [1, 2\n",
                "a: .inf\n",
                "? [a]\n: 1\n",
                "~: 1\n",
                "a: &x [*x]\n",
                "\t- a",
                "a: \"\\xZZ\"",
                "a: {<<: 1}",
            })
    void whatIsNotOnePlainMappingIsRefused(String text) {
        assertThatThrownBy(() -> yaml(text))
                .isInstanceOf(MalformedBody.class)
                .hasMessageStartingWith("error converting YAML to JSON: ");
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(() -> yaml("a: " + "[".repeat(5_000)))
                .isInstanceOf(MalformedBody.class)
                .hasMessageContaining("max depth");
    }

    @Test
    void messagesDoNotRepeatTheBody() {
        assertThatThrownBy(() -> yaml("token: [hunter2\n"))
                .isInstanceOf(MalformedBody.class)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var fuzz = new Fuzz(7);
        for (int i = 0; i < 2_000; i++) {
            var tree = fuzz.object(3);
            if (hasNoDoubles(tree)) {
                assertThat(yaml(new String(Yaml.write(tree), StandardCharsets.UTF_8)))
                        .isEqualTo(tree);
            }
        }
    }

    private static boolean hasNoDoubles(ObjectNode tree) {
        return !tree.toString().matches("(?s).*[0-9]\\.[0-9].*");
    }

    @Test
    void spoiledTextEndsInAValueOrARefusal() {
        var fuzz = new Fuzz(8);
        int taken = 0;
        for (int i = 0; i < 8_000; i++) {
            byte[] text = fuzz.mutate(i % 3 == 0 ? Json.write(fuzz.object(3)) : Yaml.write(fuzz.object(3)));
            try {
                Json.write(Yaml.parseObject(text).value());
                taken++;
            } catch (MalformedBody e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(taken).isGreaterThan(500);
    }

    private static ObjectNode yaml(String text) {
        return Yaml.parseObject(bytes(text)).value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

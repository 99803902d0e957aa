package dev.muster.api.select;

import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelSelectorTest {

    record Match(String selector, Map<String, String> labels, boolean matches) {}

    static Stream<Match> matches() {
        var web = Map.of("app", "web", "tier", "1", "empty", "");
        return Stream.of(
                new Match("", web, true),
                new Match("app=web", web, true),
                new Match("app==web", web, true),
                new Match("app=db", web, false),
                new Match("app!=db", web, true),
                new Match("none!=db", web, true),
                new Match("app!=web", web, false),
                new Match("app", web, true),
                new Match("none", web, false),
                new Match("!none", web, true),
                new Match("! app", web, false),
                new Match("app in (db, web)", web, true),
                new Match("app in (db)", web, false),
                new Match("none in (db)", web, false),
                new Match("app notin (db)", web, true),
                new Match("none notin (db)", web, true),
                new Match("app notin (web,db)", web, false),
                new Match("empty=", web, true),
                new Match("empty in ()", web, true),
                new Match("empty in (,x)", web, true),
                new Match("app=web,tier>0", web, true),
                new Match("tier>1", web, false),
                new Match("tier<2", web, true),
                new Match("app>0", web, false),
                new Match("tier<99999999999999999999", web, false),
                new Match("in in (in)", Map.of("in", "in"), true),
                new Match("notin=notin", Map.of("notin", "notin"), true),
                new Match("\tapp\r\n=\nweb ,tier", web, true));
    }

    @ParameterizedTest
    @MethodSource
    void matches(Match row) {
        if (row.selector().contains("99999")) {
            assertThatThrownBy(() -> LabelSelector.parse(row.selector())).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        assertThat(LabelSelector.parse(row.selector()).matches(row.labels())).isEqualTo(row.matches());
    }

    record Refusal(String selector, String message) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal("a,", "found '', expected: identifier after ','"),
                new Refusal(",a", "found ',', expected: !, identifier, or 'end of string'"),
                new Refusal("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
                new Refusal("!a=b", "found '=', expected: ',' or 'end of string'"),
                new Refusal("!", "unable to parse requirement: found '', expected: identifier"),
                new Refusal("a=b c", "found 'c', expected: ',' or 'end of string'"),
                new Refusal("a==", null),
                new Refusal("a=(", "unable to parse requirement: found '(', expected: identifier"),
                new Refusal("a in b", "unable to parse requirement: found 'b' expected: '('"),
                new Refusal("a in (", "unable to parse requirement: found '', expected: ',', ')' or identifier"),
                new Refusal("a in (b", "unable to parse requirement: found '', expected: ',' or ')'"),
                new Refusal("a in (b,", "unable to parse requirement: found '', expected: ',', or identifier"),
                new Refusal("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'"),
                new Refusal("a=b=c", "found '=', expected: ',' or 'end of string'"),
                new Refusal(
                        "-a",
                        "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric"
                                + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                                + " 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                                + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"),
                new Refusal(
                        "a=-b",
                        "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be an empty"
                                + " string or consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                                + " with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used"
                                + " for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"),
                new Refusal(
                        "a>b",
                        "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value"
                                + " must be an integer"),
                new Refusal("a=b\0,c", "unable to parse requirement: a selector cannot contain a NUL character"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Refusal row) {
        if (row.message() == null) {
            assertThat(LabelSelector.parse(row.selector()).matches(Map.of("a", "")))
                    .isTrue();
            return;
        }
        assertThatThrownBy(() -> LabelSelector.parse(row.selector()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(row.message());
    }

    @Test
    void requirementsAreSortedByKeyAndValuesToo() {
        assertThat(LabelSelector.parse("z,b in (y,x),a=1")).hasToString("a=1,b in (x,y),z");
    }

    @Test
    void theObjectFormIsReadWithItsOwnWords() {
        var selector = LabelSelector.of(
                tree(
                        "{matchLabels:{a:'1'},matchExpressions:[{key:'b',operator:'In',values:['y','x']},{key:'c',operator:'DoesNotExist'}]}"));
        assertThat(selector).hasToString("a=1,b in (x,y),!c");
        assertThatThrownBy(() -> LabelSelector.of(tree("{matchExpressions:[{key:'b',operator:'in',values:['x']}]}")))
                .hasMessage("\"in\" is not a valid label selector operator");
        assertThatThrownBy(() -> LabelSelector.of(tree("{matchExpressions:[{key:'b',operator:'In'}]}")))
                .hasMessage("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
        assertThatThrownBy(() -> LabelSelector.of(tree("{matchLabels:{a:1}}")))
                .hasMessage("a label's value must be a string, not 1");
    }

    @Test
    void noSelectorMatchesNothingAndAnEmptyOneEverything() {
        assertThat(LabelSelector.of(tree("null")).matches(Map.of("", ""))).isFalse();
        assertThat(LabelSelector.of(tree("null")).matches(Map.of())).isFalse();
        assertThat(LabelSelector.of(tree("{}")).matches(Map.of())).isTrue();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var parts = new ArrayList<String>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                parts.add(requirement(random));
            }
            var selector = LabelSelector.parse(String.join(random.nextBoolean() ? "," : " , ", parts));
            assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
        }
    }

    @Test
    void aRequirementAndItsOppositeNeverAgree() {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            var labels = new HashMap<String, String>();
            for (int n = random.nextInt(3); n > 0; n--) {
                labels.put(word(random), word(random));
            }
            String key = word(random);
            String values = word(random) + "," + word(random);
            var in = LabelSelector.parse(key + " in (" + values + ")");
            var notIn = LabelSelector.parse(key + " notin (" + values + ")");
            assertThat(in.matches(labels)).isNotEqualTo(notIn.matches(labels));
            assertThat(LabelSelector.parse(key).matches(labels))
                    .isNotEqualTo(LabelSelector.parse("!" + key).matches(labels));
        }
    }

    @Test
    void anyTextIsASelectorOrAnIllegalArgument() {
        var random = new Random(3);
        var bits = List.of(
                "a", "in", "notin", "(", ")", ",", "=", "==", "!", "!=", " ", ">", "<", "\0", "é", "x/y", "-", "9");
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(10); n > 0; n--) {
                text.append(bits.get(random.nextInt(bits.size())));
            }
            try {
                LabelSelector.parse(text.toString()).matches(Map.of("a", "9", "x/y", "in"));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void aVeryLongSelectorIsReadWithoutDeepRecursion() {
        assertThat(LabelSelector.parse("a,".repeat(200_000) + "a").requirements())
                .hasSize(200_001);
        assertThatThrownBy(() -> LabelSelector.parse("a" + ".b".repeat(500_000) + "/c=d"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String requirement(Random random) {
        String key = word(random);
        return switch (random.nextInt(8)) {
            case 0 -> key;
            case 1 -> "!" + key;
            case 2 -> key + "=" + word(random);
            case 3 -> key + "!=" + word(random);
            case 4 -> key + " in (" + word(random) + ",," + word(random) + ")";
            case 5 -> key + " notin (" + word(random) + ")";
            case 6 -> key + ">" + random.nextInt(10);
            default -> key + "<" + random.nextInt(10);
        };
    }

    private static String word(Random random) {
        return List.of("a", "b", "in", "notin", "x.y-z", "Q").get(random.nextInt(6));
    }
}

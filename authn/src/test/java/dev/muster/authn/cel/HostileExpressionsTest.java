package dev.muster.authn.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions and claims that would take for ever, or all memory. */
class HostileExpressionsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Map<String, Object> LARGE = Map.of(
            "groups", Collections.nCopies(5_000, "group"),
            "text", "a".repeat(60_000),
            "needle", "a".repeat(30_000) + "b",
            "regex", "(a*)*".repeat(300),
            "bomb", "((a{1000}){1000}){1000}");

    private static Judged within(Duration most, String expression, Wanted wanted) throws RefusedExpression {
        var compiled = Expressions.ofClaims(expression, wanted);
        long begun = System.nanoTime();
        var judged = compiled.judge(Input.ofClaims(LARGE), Work.APART);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(expression).isLessThan(most);
        return judged;
    }

    private static String doubling(String what, int times) {
        String expression = "x" + times;
        for (int i = times; i > 0; i--) {
            String inner = i == 1 ? what : "x" + (i - 1);
            expression = "[" + inner + " + " + inner + "].map(x" + i + ", " + expression + ")[0]";
        }
        return expression;
    }

    private static String nesting(int times) {
        String expression = "x" + times + " == x" + times;
        for (int i = times; i > 0; i--) {
            String inner = i == 1 ? "1" : "x" + (i - 1);
            expression = "[[" + inner + ", " + inner + "]].all(x" + i + ", " + expression + ")";
        }
        return expression;
    }

    static List<String> endless() {
        return List.of(
                "claims.groups.all(a, claims.groups.all(b, a == b))",
                "claims.groups.all(a, claims.groups.all(b, claims.groups.all(c, true)))",
                "claims.groups.map(a, claims.groups).map(b, b.map(c, c + c)).size() > 0",
                "claims.groups.map(a, claims.text).join('').size() > 0",
                "claims.text.replace('', claims.text).size() > 0",
                "claims.text.replace('a', claims.text).size() > 0",
                "lists.range(2000000000).size() > 0",
                "lists.range(10000).all(i, lists.range(10000).size() > 0)",
                "'%s'.format([claims.groups.map(g, claims.text)]) == ''",
                "size(" + doubling("'aaaaaaaa'", 24) + ") > 0",
                "size(" + doubling("[1]", 24) + ") > 0",
                nesting(24));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void whatWouldGoOnForEverIsEnded(String expression) throws Exception {
        assertThat(within(SOON, expression, Wanted.BOOL)).isInstanceOf(Judged.TooMuch.class);
    }

    @Test
    void orDoesNotSwallowTheEnd() throws Exception {
        assertThat(within(SOON, "claims.groups.all(a, claims.groups.all(b, a == b)) || true", Wanted.BOOL))
                .isInstanceOf(Judged.TooMuch.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claims.text.matches(claims.regex)",
                "claims.text.contains(claims.needle)",
                "claims.text.indexOf(claims.needle) > 0",
                "claims.text.matches('(a+)+$')",
                "claims.text.findAll('a*?').size() > 0",
                "claims.groups.distinct().size() > 0",
                "sets.contains(claims.groups, claims.groups)",
                "claims.groups.sort().size() > 0",
                "claims.groups == claims.groups",
                "claims.text.split('').size() > 0"
            })
    void whatIsSlowElsewhereEndsSoon(String expression) throws Exception {
        within(SOON, expression, Wanted.BOOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x'.matches(claims.bomb)",
                "claims.text.find(claims.text) == ''",
                "'x'.matches('(a{99}){99}' + claims.text.substring(0, 1))"
            })
    void aRegularExpressionOutOfAClaimIsBounded(String expression) throws Exception {
        assertThat(within(SOON, expression, Wanted.BOOL))
                .isInstanceOfSatisfying(
                        Judged.Failed.class, failed -> assertThat(failed.why()).contains("regular expression"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{1000}){2}", "((a{10}){10}){11}", "(x|(a{500}b){3})", "a{1001}", "(a{600}b?){2}"})
    void nestedRepetitionsAreCountedTogether(String regex) {
        assertThatThrownBy(() -> Patterns.compile(regex)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "a{500}b{600}",
                "(a{10}){100}",
                "[{]{2}",
                "\\{5000\\}",
                "[a-z]{1,63}([.][a-z]{1,10}){1,5}"
            })
    void ordinaryRepetitionsAreLeftAlone(String regex) {
        assertThat(Patterns.compile(regex)).isNotNull();
    }

    @Test
    void whatIsTooMuchOnTheWayIsNotTooMuchApart() throws Exception {
        var expression = Expressions.ofClaims("claims.groups.all(g, g == 'group')", Wanted.BOOL);
        assertThat(expression.judge(Input.ofClaims(LARGE), Work.ON_THE_WAY)).isInstanceOf(Judged.TooMuch.class);
        assertThat(expression.judge(Input.ofClaims(LARGE), Work.APART)).isEqualTo(new Judged.Bool(true));
    }

    @Test
    void longAndDeepExpressionsAreRefused() {
        for (String expression : List.of(
                "(".repeat(100_000) + "true" + ")".repeat(100_000),
                "(".repeat(500) + "true" + ")".repeat(500),
                "[".repeat(500) + "]".repeat(500) + " == []",
                "claims" + ".a".repeat(20_000) + " == 1",
                "true" + " ? true : false".repeat(900),
                "true" + " && true".repeat(5_000))) {
            assertThatThrownBy(() -> Expressions.ofClaims(expression, Wanted.BOOL), expression.substring(0, 20))
                    .isInstanceOf(RefusedExpression.class);
        }
    }

    @Test
    void garbageIsRefusedAndNeverThrowsAnythingElse() {
        var random = new Random(20261122);
        String[] words = {
            "claims",
            ".",
            "sub",
            "?",
            "[",
            "]",
            "(",
            ")",
            "'x'",
            "\"",
            "'",
            "==",
            "&&",
            "||",
            "!",
            "{",
            "}",
            ":",
            ",",
            "map",
            "all",
            "x",
            "1",
            "1.5",
            "-",
            "+",
            "has",
            "in",
            "\\",
            "\u0000",
            "\ud800",
            "b'",
            "r'",
            "matches",
            "0x",
            "1u",
            "//",
            "\n",
            "optional.of",
            "format",
            "true",
            "null",
            "type",
            "dyn"
        };
        int compiled = 0;
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            int length = 1 + random.nextInt(14);
            for (int j = 0; j < length; j++) {
                text.append(words[random.nextInt(words.length)]);
            }
            try {
                Expressions.ofClaims(text.toString(), Wanted.STRINGS)
                        .judge(Input.ofClaims(Map.of("sub", "x")), Work.ON_THE_WAY);
                compiled++;
            } catch (RefusedExpression e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(compiled).isPositive();
    }

    @Test
    void spoiledExpressionsAndOddClaimsAreAnsweredWithAValue() throws Exception {
        var random = new Random(7);
        var expressions = List.of(
                "claims.a.startsWith('x') && claims.b.exists(g, g == claims.a)",
                "claims.?a.?b.orValue('x') == 'x' || claims.b[0].matches('^[a-z]+$')",
                "claims.b.map(x, claims.a + x).join(',').size() > 3",
                "cidr('10.0.0.0/8').containsIP(claims.a) || url(claims.a).getHost() == claims.b",
                "'%s %d %f %x'.format([dyn(claims.a), claims.b, claims.c, claims.d]) == ''",
                "claims.b.sum() > 1.0 || claims.b.max() == claims.a || claims.b.isSorted()");
        for (int i = 0; i < 3_000; i++) {
            String text = expressions.get(i % expressions.size());
            var expression = Expressions.ofClaims(text, Wanted.BOOL);
            var claims = new HashMap<String, Object>();
            for (String name : List.of("a", "b", "c", "d")) {
                claims.put(name, odd(random, 3));
            }
            assertThat(expression.judge(Input.ofClaims(claims), Work.APART)).isNotNull();
            if (i >= expressions.size() * 20) {
                i += 7;
            }
        }
    }

    private static Object odd(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextInt(4) == 0 ? Double.NaN : random.nextDouble();
            case 4 -> "";
            case 5 -> new String(new char[] {(char) random.nextInt(0x10000), 'a', (char) random.nextInt(256)});
            case 6 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(odd(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new HashMap<String, Object>();
                map.put("b", odd(random, depth - 1));
                map.put("__x__", odd(random, depth - 1));
                yield map;
            }
        };
    }
}

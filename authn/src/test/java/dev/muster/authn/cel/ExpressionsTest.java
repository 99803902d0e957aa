package dev.muster.authn.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions mean: the language, and what Kubernetes' environment adds to it. */
class ExpressionsTest {

    private static final Map<String, Object> CLAIMS = claims();

    private static Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", "jane");
        claims.put("email", "jane@example.com");
        claims.put("email_verified", true);
        claims.put("groups", List.of("dev", "ops", ""));
        claims.put("roles", List.of("x"));
        claims.put("level", 5L);
        claims.put("id", 1234567L);
        claims.put("score", 1.5);
        claims.put("nothing", null);
        claims.put("mixed", new ArrayList<>(Arrays.asList("a", 1L, null)));
        claims.put("example.com/team", "red");
        claims.put("a-b", "dash");
        claims.put("a__b", "underscores");
        claims.put("namespace", "reserved");
        claims.put("realm", Map.of("roles", List.of("admin"), "x.y", "nested"));
        claims.put("list", List.of(Map.of("k.v", "deep")));
        claims.put("url", "https://example.com:80/a/b?x=1&x=2&y=3#f");
        claims.put("address", "10.1.2.3");
        return claims;
    }

    private static Judged judge(String expression, Wanted wanted) throws RefusedExpression {
        return Expressions.ofClaims(expression, wanted).judge(Input.ofClaims(CLAIMS), Work.APART);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claims.sub == 'jane'",
                "claims['sub'] == 'jane'",
                "claims.email_verified == true",
                "claims.email.endsWith('@example.com') && claims.email_verified",
                "claims.level == 5",
                "claims.level == 5.0",
                "claims.level > 4",
                "claims.level - claims.score <= 86400",
                "claims.?email_verified.orValue(true) == true",
                "(has(claims.absent) ? claims.absent : '') == ''",
                "claims.sub + ':external-user' == 'jane:external-user'",
                "'a,b'.split(',').exists(r, r == 'b')",
                "claims.realm.?absent.orValue('x') == 'x'",
                "claims.?absent.?deeper.hasValue() == false",
                "claims.level == int(5) && uint(claims.level) == 5u",
                "string(claims.email_verified) == 'true'",
                "claims.email.lowerAscii().contains('@example')",
                "claims.level in [5]",
                "type(claims.level) == double",
                "string(claims.level) == '5'",
                "string(claims.score) == '1.5'",
                "string(claims.id) == '1.234567e+06'",
                "int(claims.level) + 1 == 6",
                "claims.nothing == null",
                "has(claims.nothing)",
                "has(claims.sub) && !has(claims.absent)",
                "'sub' in claims",
                "!('absent' in claims)",
                "claims.?absent.orValue('x') == 'x'",
                "claims.?sub.hasValue()",
                "claims.?realm.?roles.orValue([]).exists(r, r == 'admin')",
                "claims['example.com/team'] == 'red'",
                "claims.example__dot__com__slash__team == 'red'",
                "has(claims.example__dot__com__slash__team)",
                "claims.a__dash__b == 'dash'",
                "claims.a__underscores__b == 'underscores'",
                "claims.__namespace__ == 'reserved'",
                "claims.realm.x__dot__y == 'nested'",
                "claims.list[0].k__dot__v == 'deep'",
                "claims.groups.exists(g, g == 'ops')",
                "claims.groups.all(g, g != 'admin')",
                "claims.groups.exists_one(g, g == 'dev')",
                "claims.groups.filter(g, g != '').size() == 2",
                "claims.groups.map(g, 'oidc:' + g)[0] == 'oidc:dev'",
                "claims.groups.indexOf('ops') == 1",
                "claims.groups.lastIndexOf('absent') == -1",
                "claims.sub.indexOf('n') == 2",
                "[3, 1, 2].max() == 3 && [3, 1, 2].min() == 1 && [1, 2].sum() == 3",
                "[1, 2].isSorted() && !['b', 'a'].isSorted()",
                "[3, 1, 2].sort() == [1, 2, 3]",
                "[1, 1, 2].distinct() == [1, 2]",
                "[[1], [2]].flatten() == [1, 2]",
                "lists.range(3) == [0, 1, 2]",
                "[1, 2, 3].slice(1, 2) == [2]",
                "[1, 2].reverse() == [2, 1]",
                "claims.sub.upperAscii() == 'JANE'",
                "'a,b'.split(',').join('-') == 'a-b'",
                "'aXbX'.replace('X', 'y', 1) == 'aybX'",
                "'ab'.replace('', '-') == '-a-b-'",
                "' x '.trim() == 'x' && 'abc'.substring(1) == 'bc' && 'abc'.charAt(1) == 'b'",
                "'abc 123 d4'.find('[0-9]+') == '123'",
                "'abc'.find('[0-9]+') == ''",
                "'123 abc 456'.findAll('[0-9]*') == ['123', '456'] || '123 abc 456'.findAll('[0-9]+') == ['123', '456']",
                "'123 abc 456'.findAll('[0-9]+', 1) == ['123']",
                "claims.email.matches('^[a-z]+@example[.]com$')",
                "'%s is %d, %.2f, %x'.format([dyn('a'), 5, 1.5, 255]) == 'a is 5, 1.50, ff'",
                "'%s %s'.format([dyn([1, 2]), true]) == '[1, 2] true'",
                "url(claims.url).getHost() == 'example.com:80'",
                "url(claims.url).getHostname() == 'example.com' && url(claims.url).getPort() == '80'",
                "url(claims.url).getEscapedPath() == '/a/b' && url(claims.url).getScheme() == 'https'",
                "url(claims.url).getQuery()['x'] == ['1', '2']",
                "isURL('/path') && !isURL('../x') && !isURL('https://a:b:c/')",
                "ip(claims.address).family() == 4",
                "cidr('10.0.0.0/8').containsIP(claims.address)",
                "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
                "cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')",
                "isIP('::1') && !isIP('127.0.0.256') && !isIP('::ffff:1.2.3.4') && !isIP('010.0.0.1')",
                "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
                "string(ip('2001:db8:0:0:0:0:0:1')) == '2001:db8::1'",
                "ip('::1').isLoopback() && ip('fe80::1').isLinkLocalUnicast()",
                "sets.contains(claims.groups, ['dev'])",
                "{'a': 1, 'b': 2}.transformList(k, v, k).size() == 2",
                "claims.all(k, v, k != '')",
                "optional.of(1).orValue(2) == 1",
                "timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026",
                "duration('90m') == duration('1h30m')",
                "claims.absent == 'x' || true",
                "strings.quote('a') == '\"a\"'",
                "claims.groups.map(g, claims.groups.map(h, g + h)).size() == 3"
            })
    void thisHolds(String expression) throws Exception {
        assertThat(judge(expression, Wanted.BOOL)).as(expression).isEqualTo(new Judged.Bool(true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    claims.absent == 'x'                    | no such key: absent
                    claims.realm.absent == 'x'              | no such key: absent
                    claims[claims.email] == 'x'             | no such key
                    claims.sub + 1 == 2                     | no such overload
                    claims.level + 1 == 6                   | no such overload
                    claims.sub.absent == 'x'                | no such key
                    claims.groups[7] == 'x'                 | index out of bounds
                    int(claims.email) == 1                  | type conversion error
                    1 / int(claims.level - 5.0) == 1        | division by zero
                    claims.email.matches(claims.absent)     | no such key: absent
                    'x'.matches('(' + claims.sub)           | error parsing regexp: missing closing )
                    ip(claims.email).family() == 4          | IP Address parse error during conversion from string
                    [].max() == 1                           | max called on empty list
                    claims.email ? true : false             | an argument that the function does not take
                    """)
    void thisFailsAndSaysWhyWithoutTheValue(String expression, String why) throws Exception {
        assertThat(judge(expression, Wanted.BOOL)).as(expression).isEqualTo(new Judged.Failed(why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    foo.bar                          | BOOL    | compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')~ | foo.bar~ | ^
                    claims.foo                       | BOOL    | must evaluate to bool
                    'x'                              | BOOL    | must evaluate to bool
                    1                                | STRING  | must evaluate to string
                    claims.groups == []              | STRINGS | must evaluate to one of [string list(string)]
                    [1]                              | STRINGS | must evaluate to one of [string list(string)]
                    user.username == 'x'             | BOOL    | compilation failed: ERROR: <input>:1:1: undeclared reference to 'user' (in container '')
                    claims.sub.matches('(')          | BOOL    | compilation failed: error parsing regexp: missing closing )
                    claims.sub.find('a{1001}') == '' | BOOL    | compilation failed: a regular expression that repeats more than 1000 times
                    quantity('1') == quantity('1')   | BOOL    | compilation failed: quantity of Kubernetes' CEL environment is not available in this one
                    isSemver('1.0.0')                | BOOL    | compilation failed: isSemver of Kubernetes' CEL environment is not available in this one
                    """)
    void thisIsRefusedWhenItIsConfigured(String expression, Wanted wanted, String why) {
        assertThatThrownBy(() -> Expressions.ofClaims(expression, wanted))
                .isInstanceOf(RefusedExpression.class)
                .hasMessageStartingWith(why.split("~")[0]);
    }

    @Test
    void formatsByNameAreRefusedByName() {
        assertThatThrownBy(() -> Expressions.ofClaims("format.dns1123Label().validate('x').hasValue()", Wanted.BOOL))
                .hasMessageContaining("format")
                .hasMessageContaining("not available");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base64.encode(b'x') == ''",
                "math.greatest(1, 2) == 2",
                "cel.bind(x, 1, x == 1)",
                "'ab'.reverse() == 'ba'"
            })
    void whatKubernetesDoesNotHaveIsNotThereEither(String expression) {
        assertThatThrownBy(() -> Expressions.ofClaims(expression, Wanted.BOOL)).isInstanceOf(RefusedExpression.class);
    }

    @Test
    void aListOfTwoTypesIsRefused() {
        assertThatThrownBy(() -> Expressions.ofClaims("claims.sub in ['a', 1]", Wanted.BOOL))
                .hasMessageContaining("expected type 'string' but found 'int'");
    }

    @Test
    void stringsAreAStringAListOrNullAndEmptyOnesAreLeftOut() throws Exception {
        assertThat(judge("claims.groups", Wanted.STRINGS)).isEqualTo(new Judged.Texts(List.of("dev", "ops")));
        assertThat(judge("claims.sub", Wanted.STRINGS)).isEqualTo(new Judged.Texts(List.of("jane")));
        assertThat(judge("''", Wanted.STRINGS)).isEqualTo(new Judged.Texts(List.of()));
        assertThat(judge("claims.nothing", Wanted.STRINGS)).isEqualTo(new Judged.Texts(List.of()));
        assertThat(judge("[]", Wanted.STRINGS)).isEqualTo(new Judged.Texts(List.of()));
        assertThat(judge("claims.groups + claims.roles", Wanted.STRINGS))
                .isEqualTo(new Judged.Texts(List.of("dev", "ops", "x")));
    }

    @Test
    void whatIsNoListOfStringsIsRefusedWhenItIsSeen() throws Exception {
        var why = new Judged.Failed("expression must return a string or a list of strings");
        assertThat(judge("claims.mixed", Wanted.STRINGS)).isEqualTo(why);
        assertThat(judge("claims.level", Wanted.STRINGS)).isEqualTo(why);
        assertThat(judge("claims.realm", Wanted.STRINGS)).isEqualTo(why);
        assertThat(judge("claims.level", Wanted.STRING))
                .isEqualTo(new Judged.Failed("expression must return a string"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.username == 'jane'",
                "!user.username.startsWith('system:')",
                "user.groups.all(g, !g.startsWith('system:'))",
                "user.uid == '7'",
                "user.extra['example.com/x'] == ['y']",
                "user.extra.example__dot__com__slash__x[0] == 'y'",
                "has(user.uid)"
            })
    void usersAreJudgedToo(String expression) throws Exception {
        var jane = new User("jane", "7", List.of("a", "b"), Map.of("example.com/x", List.of("y")));
        assertThat(Expressions.ofUser(expression, Wanted.BOOL).judge(Input.ofUser(jane), Work.ON_THE_WAY))
                .as(expression)
                .isEqualTo(new Judged.Bool(true));
    }

    @Test
    void aUserHasNoOtherFields() {
        assertThatThrownBy(() -> Expressions.ofUser("user.name == 'x'", Wanted.BOOL))
                .hasMessageContaining("undefined field 'name'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    claims.email                                            | true
                    'x' + claims.?email.orValue('')                         | true
                    claims.groups.map(g, g + claims.email)[0]               | true
                    has(claims.email) ? 'a' : 'b'                           | true
                    [{'k': claims.email}][0].k                              | true
                    claims['email']                                         | false
                    claims.realm.email                                      | false
                    'claims.email'                                          | false
                    """)
    void selectionsAreFoundInTheTreeAndNotInTheText(String expression, boolean selects) throws Exception {
        assertThat(Expressions.ofClaims(expression, Wanted.STRING).selects("email"))
                .isEqualTo(selects);
    }
}

package dev.muster.authn.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.oidc.Claims;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who comes of claims, and which field says no. */
class MappedRulesTest {

    private final Apart apart = new Apart();

    @AfterEach
    void close() {
        apart.close();
    }

    private static Claims claims(Object... more) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("sub", "jane");
        tree.put("email", "jane@example.com");
        tree.put("groups", List.of("dev", "", "ops"));
        tree.put("jti", "t-1");
        for (int i = 0; i < more.length; i += 2) {
            tree.put((String) more[i], more[i + 1]);
        }
        return Claims.of(tree);
    }

    private Outcome judge(String more, Claims claims) {
        return settled(Configurations.rules(more, apart).judge(claims));
    }

    private static Outcome settled(Outcome outcome) {
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    private User user(String more, Object... claims) {
        var outcome = judge(more, claims(claims));
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome).user();
    }

    @Test
    void aClaimIsTheNameWithItsPrefix() {
        assertThat(user("claimMappings: {username: {claim: sub, prefix: 'p:'}, groups: {claim: groups, prefix: 'g:'}}"))
                .isEqualTo(new User(
                        "p:jane", "", List.of("g:dev", "g:ops"), Map.of(User.CREDENTIAL_ID, List.of("JTI=t-1"))));
    }

    @Test
    void expressionsMakeAWholeUser() {
        var user = user("""
                claimMappings:
                  username: {expression: "'idp:' + claims.sub"}
                  groups: {expression: "claims.groups.map(g, 'idp:' + g)"}
                  uid: {expression: "claims.oid"}
                  extra:
                  - {key: example.com/tenant, valueExpression: "claims.tenant"}
                  - {key: example.com/none, valueExpression: "claims.?absent.orValue('')"}
                  - {key: example.com/roles, valueExpression: "claims.?realm.roles.orValue([])"}
                """, "oid", "7", "tenant", "acme", "realm", Map.of("roles", List.of("a", "b")));

        assertThat(user.name()).isEqualTo("idp:jane");
        assertThat(user.groups()).containsExactly("idp:dev", "idp:", "idp:ops");
        assertThat(user.uid()).isEqualTo("7");
        assertThat(user.extra())
                .isEqualTo(Map.of(
                        "example.com/tenant",
                        List.of("acme"),
                        "example.com/roles",
                        List.of("a", "b"),
                        User.CREDENTIAL_ID,
                        List.of("JTI=t-1")));
    }

    @Test
    void aGroupsClaimMayBeAStringOrAbsentOrNull() {
        String groups = "claimMappings: {username: {claim: sub, prefix: ''}, groups: {claim: groups, prefix: 'g:'}}";
        assertThat(user(groups, "groups", "one").groups()).containsExactly("g:one");
        assertThat(user(groups, "groups", null).groups()).isEmpty();
        assertThat(user(groups.replace("claim: groups", "claim: absent")).groups())
                .isEmpty();
    }

    @Test
    void aGroupsClaimIsFetchedFromElsewhereAndAnExpressionIsNot() {
        String name = "claimMappings: {username: {claim: sub, prefix: ''}, groups: ";
        assertThat(Configurations.rules(name + "{claim: groups, prefix: ''}}", apart)
                        .distributed())
                .containsExactly("groups");
        assertThat(Configurations.rules(name + "{expression: claims.groups}}", apart)
                        .distributed())
                .isEmpty();
    }

    record Refusal(String more, Claims claims, String cause) {
        @Override
        public String toString() {
            return cause;
        }
    }

    private static Refusal no(String more, String cause, Object... claims) {
        return new Refusal(more, claims(claims), cause);
    }

    private static String username(String mapping) {
        return "claimMappings: {username: " + mapping + "}";
    }

    private static String and(String mapping) {
        return "claimMappings: {username: {claim: sub, prefix: ''}, " + mapping + "}";
    }

    static List<Refusal> refusals() {
        String rule =
                "claimValidationRules: [{expression: \"claims.hd == 'example.com'\", message: 'only our people'}]";
        String user =
                "userValidationRules: [{expression: \"!user.username.startsWith('system:')\", message: no system names}]";
        return List.of(
                no(
                        username("{claim: name, prefix: ''}"),
                        "jwt[0].claimMappings.username: parse username claims \"name\": claim not present"),
                no(
                        username("{claim: sub, prefix: ''}"),
                        "jwt[0].claimMappings.username: parse username claims \"sub\": claim is no string",
                        "sub",
                        7L),
                no(
                        username("{claim: sub, prefix: ''}"),
                        "jwt[0].claimMappings.username: parse username claims \"sub\": claim is empty",
                        "sub",
                        ""),
                no(
                        username("{claim: email, prefix: ''}"),
                        "jwt[0].claimMappings.username: email not verified (claim email_verified is false)",
                        "email_verified",
                        false),
                no(
                        username("{claim: email, prefix: ''}"),
                        "jwt[0].claimMappings.username: parse 'email_verified' claim: neither true nor false",
                        "email_verified",
                        "true"),
                no(
                        username("{expression: \"claims.?sub2.orValue('')\"}"),
                        "jwt[0].claimMappings.username.expression: empty username via CEL expression is not allowed"),
                no(
                        username("{expression: claims.name}"),
                        "jwt[0].claimMappings.username.expression: error evaluating username claim expression: expression"
                                + " 'claims.name' resulted in error: no such key: name"),
                no(
                        username("{expression: claims.groups}"),
                        "jwt[0].claimMappings.username.expression: error evaluating username claim expression: expression"
                                + " 'claims.groups' resulted in error: expression must return a string"),
                no(
                        and("groups: {claim: groups, prefix: ''}"),
                        "jwt[0].claimMappings.groups: parse groups claim \"groups\": neither a string nor an array of strings",
                        "groups",
                        List.of("a", 1L)),
                no(
                        and("groups: {expression: claims.groups}"),
                        "jwt[0].claimMappings.groups.expression: error evaluating group claim expression: expression"
                                + " 'claims.groups' resulted in error: expression must return a string or a list of strings",
                        "groups",
                        List.of("a", 1L)),
                no(and("uid: {claim: oid}"), "jwt[0].claimMappings.uid: parse uid claim \"oid\": claim not present"),
                no(
                        and("uid: {expression: claims.oid}"),
                        "jwt[0].claimMappings.uid.expression: error evaluating uid claim expression: expression 'claims.oid'"
                                + " resulted in error: no such key: oid"),
                no(
                        and("extra: [{key: a.io/b, valueExpression: claims.x}]"),
                        "jwt[0].claimMappings.extra[0].valueExpression: error evaluating extra claim expression: expression"
                                + " 'claims.x' resulted in error: no such key: x"),
                no(
                        "claimValidationRules: [{claim: hd, requiredValue: example.com}]",
                        "jwt[0].claimValidationRules[0].claim: required claim \"hd\" not present in ID token"),
                no(
                        "claimValidationRules: [{claim: hd, requiredValue: example.com}]",
                        "jwt[0].claimValidationRules[0].claim: required claim \"hd\" value does not match. Got = \"evil\", want ="
                                + " \"example.com\"",
                        "hd",
                        "evil"),
                no(
                        "claimValidationRules: [{claim: hd, requiredValue: ''}]",
                        "jwt[0].claimValidationRules[0].claim: parse claim \"hd\": no string",
                        "hd",
                        List.of("")),
                no(
                        rule,
                        "jwt[0].claimValidationRules[0].expression: validation expression 'claims.hd == \"example.com\"' failed:"
                                + " only our people".replace("\"", "'"),
                        "hd",
                        "evil"),
                no(
                        rule,
                        "jwt[0].claimValidationRules[0].expression: error evaluating validation expression: expression"
                                + " 'claims.hd == 'example.com'' resulted in error: no such key: hd"),
                no(
                        user,
                        "jwt[0].userValidationRules[0].expression: validation expression"
                                + " '!user.username.startsWith('system:')' failed: no system names",
                        "sub",
                        "system:admin"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theFieldThatSaysNoIsTheCause(Refusal one) {
        assertThat(judge(one.more, one.claims))
                .isEqualTo(Outcome.refused(
                        Reason.POLICY, one.cause.replace("\"example.com\"' failed", "'example.com'' failed")));
    }

    @Test
    void aMessageOfSeveralLinesBecomesOne() {
        var refused =
                (Outcome.Refused) judge("claimValidationRules: [{expression: \"claims.sub ==\\n   'x'\"}]", claims());
        assertThat(refused.detailForLog()).contains("'claims.sub == 'x''").doesNotContain("\n");
    }

    @Test
    void muchWorkIsDoneElsewhereAndComesToTheSame() {
        var rules = Configurations.rules(
                "claimValidationRules: [{expression: \"claims.groups.all(g, g != 'admin')\"}]", apart);
        var many = claims("groups", Collections.nCopies(1_500, "group"));

        var outcome = rules.judge(many);

        assertThat(outcome).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(settled(outcome)).isInstanceOf(Outcome.Accepted.class);
        assertThat(rules.judge(claims())).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void tooMuchWorkIsARefusalThatNamesTheRule() {
        var outcome = judge(
                "claimValidationRules: [{expression: \"claims.groups.all(a, claims.groups.all(b, a == b))\"}]",
                claims("groups", Collections.nCopies(5_000, "group")));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detailForLog())
                                .startsWith("jwt[0].claimValidationRules[0].expression: ")
                                .containsAnyOf("cost limit exceeded", "took longer"));
    }

    @Test
    void aClosedPoolIsUnavailableAndNotARefusal() {
        var rules = Configurations.rules(
                "claimValidationRules: [{expression: \"claims.groups.all(g, g != 'admin')\"}]", apart);
        apart.close();

        assertThat(settled(rules.judge(claims("groups", Collections.nCopies(1_500, "group")))))
                .isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void aRehearsalGoesOnPastWhatRefuses() {
        var rules = Configurations.rules("""
                claimMappings: {username: {expression: claims.sub}, groups: {claim: groups, prefix: ''}}
                claimValidationRules: [{claim: hd, requiredValue: x}, {expression: "claims.sub == 'jane'"}]
                userValidationRules: [{expression: "user.username != 'jane'", message: not jane}]
                """, apart);

        var rehearsal = rules.rehearse(claims());

        assertThat(rehearsal.user()).isEmpty();
        assertThat(rehearsal.steps())
                .extracting(Step::path, Step::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "jwt[0].claimMappings.username.expression", Step.Verdict.VALUE),
                        org.assertj.core.groups.Tuple.tuple("jwt[0].claimMappings.groups", Step.Verdict.VALUE),
                        org.assertj.core.groups.Tuple.tuple(
                                "jwt[0].claimValidationRules[0].claim", Step.Verdict.REFUSED),
                        org.assertj.core.groups.Tuple.tuple(
                                "jwt[0].claimValidationRules[1].expression", Step.Verdict.HOLDS),
                        org.assertj.core.groups.Tuple.tuple(
                                "jwt[0].userValidationRules[0].expression", Step.Verdict.REFUSED));
    }
}

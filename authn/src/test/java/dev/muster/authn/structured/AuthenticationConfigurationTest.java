package dev.muster.authn.structured;

import static dev.muster.authn.structured.Configurations.HEAD;
import static dev.muster.authn.structured.Configurations.entry;
import static dev.muster.authn.structured.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a configuration, in kube-apiserver's sentences. */
class AuthenticationConfigurationTest {

    record Case(String text, String... problems) {
        @Override
        public String toString() {
            return problems[0];
        }
    }

    private static final String MAPPING = "  claimMappings: {username: {claim: sub, prefix: \"\"}}\n";

    private static Case issuer(String issuer, String... problems) {
        return new Case(HEAD + "jwt:\n- issuer: " + issuer + "\n" + MAPPING, problems);
    }

    private static Case with(String more, String... problems) {
        return new Case(entry(more), problems);
    }

    static List<Case> issuers() {
        return List.of(
                issuer("{audiences: [a]}", "jwt[0].issuer.url: Required value"),
                issuer(
                        "{url: 'http://a', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"http://a\": URL scheme must be https"),
                issuer(
                        "{url: 'https://u:p@a', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"https://u:p@a\": URL must not contain a username or password"),
                issuer(
                        "{url: 'https://a?x=1', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"https://a?x=1\": URL must not contain a query"),
                issuer(
                        "{url: 'https://a#x', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"https://a#x\": URL must not contain a fragment"),
                issuer(
                        "{url: 'https://a:b:c', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"https://a:b:c\": parse \"https://a:b:c\": invalid port \":c\" after"
                                + " host"),
                issuer(
                        "{url: 'http://u@a?x=1#y', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"http://u@a?x=1#y\": URL scheme must be https",
                        "jwt[0].issuer.url: Invalid value: \"http://u@a?x=1#y\": URL must not contain a username or password",
                        "jwt[0].issuer.url: Invalid value: \"http://u@a?x=1#y\": URL must not contain a query",
                        "jwt[0].issuer.url: Invalid value: \"http://u@a?x=1#y\": URL must not contain a fragment"),
                issuer(
                        "{url: 'https://accounts.here', audiences: [a]}",
                        "jwt[0].issuer.url: Invalid value: \"https://accounts.here\": URL must not overlap with disallowed"
                                + " issuers: [https://accounts.here]"),
                issuer(
                        "{url: 'https://a/', discoveryURL: 'https://a', audiences: [a]}",
                        "jwt[0].issuer.discoveryURL: Invalid value: \"https://a\": discoveryURL must be different from URL"),
                issuer(
                        "{url: 'https://a', discoveryURL: 'http://b', audiences: [a]}",
                        "jwt[0].issuer.discoveryURL: Invalid value: \"http://b\": URL scheme must be https"),
                issuer(
                        "{url: 'https://a'}",
                        "jwt[0].issuer.audiences: Required value: at least one jwt[0].issuer.audiences is required"),
                issuer(
                        "{url: 'https://a', audiences: [a, ''], audienceMatchPolicy: MatchAny}",
                        "jwt[0].issuer.audiences[1]: Required value"),
                issuer(
                        "{url: 'https://a', audiences: [a, a], audienceMatchPolicy: MatchAny}",
                        "jwt[0].issuer.audiences[1]: Duplicate value: \"a\""),
                issuer(
                        "{url: 'https://a', audiences: [a, b]}",
                        "jwt[0].issuer.audienceMatchPolicy: Invalid value: \"\": audienceMatchPolicy must be MatchAny for multiple"
                                + " audiences"),
                issuer(
                        "{url: 'https://a', audiences: [a], audienceMatchPolicy: MatchAll}",
                        "jwt[0].issuer.audienceMatchPolicy: Invalid value: \"MatchAll\": audienceMatchPolicy must be empty or"
                                + " MatchAny for single audience"),
                issuer(
                        "{url: 'https://a', audiences: [a], certificateAuthority: 'no PEM'}",
                        "jwt[0].issuer.certificateAuthority: Invalid value: \"<omitted>\": data does not contain any valid RSA or"
                                + " ECDSA certificates: no certificate in it"),
                issuer(
                        "{url: 'https://a', audiences: [a], egressSelectorType: etcd}",
                        "jwt[0].issuer.egressSelectorType: Invalid value: \"etcd\": egress selector must be either controlplane or"
                                + " cluster"),
                issuer(
                        "{url: 'https://a', audiences: [a], egressSelectorType: cluster}",
                        "jwt[0].issuer.egressSelectorType: Invalid value: \"cluster\": egress lookup required with egress selector"
                                + " type \"cluster\": this server has no egress selectors, leave the field out"));
    }

    static List<Case> rules() {
        String undeclared =
                ": Invalid value: \"foo.bar\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo'"
                        + " (in container '')\n | foo.bar\n | ^";
        return List.of(
                with(
                        "claimValidationRules: [{}]",
                        "jwt[0].claimValidationRules[0]: Required value: claim or expression is required"),
                with(
                        "claimValidationRules: [{claim: c, expression: e}]",
                        "jwt[0].claimValidationRules[0]: Invalid value: \"c\": claim and expression can't both be set"),
                with(
                        "claimValidationRules: [{claim: c, message: m}]",
                        "jwt[0].claimValidationRules[0].message: Invalid value: \"m\": may not be specified when claim is set"),
                with(
                        "claimValidationRules: [{expression: 'true', requiredValue: v}]",
                        "jwt[0].claimValidationRules[0].requiredValue: Invalid value: \"v\": may not be specified when expression is"
                                + " set"),
                with(
                        "claimValidationRules: [{claim: c}, {claim: c}]",
                        "jwt[0].claimValidationRules[1].claim: Duplicate value: \"c\""),
                with(
                        "claimValidationRules: [{expression: 'claims.a == 1'}, {expression: 'claims.a == 1'}]",
                        "jwt[0].claimValidationRules[1].expression: Duplicate value: \"claims.a == 1\""),
                with(
                        "claimValidationRules: [{expression: foo.bar}]",
                        "jwt[0].claimValidationRules[0].expression" + undeclared),
                with(
                        "claimValidationRules: [{expression: claims.foo}]",
                        "jwt[0].claimValidationRules[0].expression: Invalid value: \"claims.foo\": must evaluate to bool"),
                with("userValidationRules: [{message: m}]", "jwt[0].userValidationRules[0].expression: Required value"),
                with(
                        "userValidationRules: [{expression: 'true'}, {expression: 'true'}]",
                        "jwt[0].userValidationRules[1].expression: Duplicate value: \"true\""),
                with(
                        "userValidationRules: [{expression: foo.bar}]",
                        "jwt[0].userValidationRules[0].expression" + undeclared),
                with(
                        "userValidationRules: [{expression: user.username}]",
                        "jwt[0].userValidationRules[0].expression: Invalid value: \"user.username\": must evaluate to bool"),
                with(
                        "claimMappings: {}",
                        "jwt[0].claimMappings.username: Required value: claim or expression is required"),
                with(
                        "claimMappings: {username: {claim: c, expression: e}}",
                        "jwt[0].claimMappings.username: Invalid value: \"\": claim and expression can't both be set"),
                with(
                        "claimMappings: {username: {claim: c}}",
                        "jwt[0].claimMappings.username.prefix: Required value: prefix is required when claim is set. It can be set"
                                + " to an empty string to disable prefixing"),
                with(
                        "claimMappings: {username: {expression: claims.sub, prefix: p}}",
                        "jwt[0].claimMappings.username.prefix: Invalid value: \"p\": may not be specified when expression is set"),
                with(
                        "claimMappings: {username: {expression: foo.bar}}",
                        "jwt[0].claimMappings.username.expression" + undeclared),
                with(
                        "claimMappings: {username: {claim: a, prefix: ''}, groups: {claim: c, expression: e}}",
                        "jwt[0].claimMappings.groups: Invalid value: \"\": claim and expression can't both be set"),
                with(
                        "claimMappings: {username: {claim: a, prefix: ''}, groups: {claim: c}}",
                        "jwt[0].claimMappings.groups.prefix: Required value: prefix is required when claim is set. It can be set to"
                                + " an empty string to disable prefixing"),
                with(
                        "claimMappings: {username: {claim: a, prefix: ''}, groups: {expression: claims.g, prefix: p}}",
                        "jwt[0].claimMappings.groups.prefix: Invalid value: \"p\": may not be specified when expression is set"),
                with(
                        "claimMappings: {username: {claim: a, prefix: ''}, uid: {claim: c, expression: e}}",
                        "jwt[0].claimMappings.uid: Invalid value: \"\": claim and expression can't both be set"),
                with(
                        "claimMappings: {username: {claim: a, prefix: ''}, uid: {expression: foo.bar}}",
                        "jwt[0].claimMappings.uid.expression" + undeclared),
                with(
                        "claimMappings: {username: {expression: claims.email}}",
                        "jwt[0].claimMappings.username.expression: Invalid value: \"claims.email\": claims.email_verified must be used"
                                + " in claimMappings.username.expression or claimMappings.extra[*].valueExpression or"
                                + " claimValidationRules[*].expression when claims.email is used in"
                                + " claimMappings.username.expression"));
    }

    private static Case extra(String extra, String... problems) {
        return with("claimMappings: {username: {claim: a, prefix: ''}, extra: [" + extra + "]}", problems);
    }

    static List<Case> extras() {
        String key = "jwt[0].claimMappings.extra[0].key: ";
        return List.of(
                extra("{valueExpression: claims.a}", key + "Required value"),
                extra(
                        "{key: foo, valueExpression: claims.a}",
                        key + "Invalid value: \"foo\": must be a domain-prefixed path (such as \"acme.io/foo\")"),
                extra(
                        "{key: 'example.com/Foo', valueExpression: claims.a}",
                        key + "Invalid value: \"example.com/Foo\": must be lowercase"),
                extra(
                        "{key: 'example.com/a b', valueExpression: claims.a}",
                        key + "Invalid value: \"a b\": Invalid path (regex used for validation is"
                                + " '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"),
                extra(
                        "{key: 'k8s.io/a', valueExpression: claims.a}",
                        key
                                + "Invalid value: \"k8s.io/a\": k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes"
                                + " use"),
                extra(
                        "{key: 'x.kubernetes.io/a', valueExpression: claims.a}",
                        key
                                + "Invalid value: \"x.kubernetes.io/a\": k8s.io, kubernetes.io and their subdomains are reserved for"
                                + " Kubernetes use"),
                extra(
                        "{key: 'a.io/b', valueExpression: claims.a}, {key: 'a.io/b', valueExpression: claims.b}",
                        "jwt[0].claimMappings.extra[1].key: Duplicate value: \"a.io/b\""),
                extra("{key: 'a.io/b'}", "jwt[0].claimMappings.extra[0].valueExpression: Required value"),
                extra(
                        "{key: 'a.io/b', valueExpression: foo.bar}",
                        "jwt[0].claimMappings.extra[0].valueExpression: Invalid value: \"foo.bar\": compilation failed: ERROR:"
                                + " <input>:1:1: undeclared reference to 'foo' (in container '')\n | foo.bar\n | ^"));
    }

    static List<Case> documents() {
        return List.of(
                new Case("", "empty config data"),
                new Case(
                        "apiVersion: v1\nkind: Pod\n",
                        "kind: no kind \"Pod\" is registered for version \"v1\": must be AuthenticationConfiguration of"
                                + " apiserver.config.k8s.io/v1, apiserver.config.k8s.io/v1beta1, apiserver.config.k8s.io/v1alpha1"),
                new Case(
                        "kind: AuthenticationConfiguration\n",
                        "apiVersion: Required value: must be one of apiserver.config.k8s.io/v1, apiserver.config.k8s.io/v1beta1,"
                                + " apiserver.config.k8s.io/v1alpha1"),
                new Case(HEAD + "colour: red\n", "colour: strict decoding error: unknown field \"colour\""),
                new Case(HEAD + "JWT: []\n", "JWT: strict decoding error: unknown field \"JWT\""),
                with(
                        "claimsMappings: {}",
                        "jwt[0].claimsMappings: strict decoding error: unknown field \"jwt[0].claimsMappings\""),
                with(
                        "claimValidationRules: [{expression: 'true', messageExpression: '1'}]",
                        "jwt[0].claimValidationRules[0].messageExpression: strict decoding error: unknown field"
                                + " \"jwt[0].claimValidationRules[0].messageExpression\""),
                with(
                        "userValidationRules: []\nuserValidationRules: []",
                        "strict decoding error: yaml: unmarshal errors: line 7: key \"userValidationRules\" already set in map"),
                new Case(HEAD + "jwt: yes\n", "jwt: must be a list"),
                new Case(HEAD + "anonymous: {enabled: 'true'}\n", "anonymous.enabled: must be true or false"),
                new Case(
                        HEAD + "anonymous: {enabled: false, conditions: [{path: /healthz}]}\n",
                        "anonymous.conditions: Invalid value: [{\"Path\":\"/healthz\"}]: enabled should be set to true when"
                                + " conditions are defined"),
                new Case(
                        HEAD + "jwt:\n" + ("- issuer: {url: 'https://a', audiences: [a]}\n" + MAPPING).repeat(2),
                        "jwt[1].issuer.url: Duplicate value: \"https://a\""),
                new Case(
                        HEAD + "jwt:\n- issuer: {url: 'https://a', discoveryURL: 'https://d', audiences: [a]}\n"
                                + MAPPING + "- issuer: {url: 'https://b', discoveryURL: 'https://d', audiences: [a]}\n"
                                + MAPPING,
                        "jwt[1].issuer.discoveryURL: Duplicate value: \"https://d\""),
                new Case(HEAD + "jwt:\n" + "- {}\n".repeat(65), "jwt: Too many: 65: must have at most 64 items"));
    }

    @ParameterizedTest
    @MethodSource({"issuers", "rules", "extras", "documents"})
    void isRefusedInTheseWords(Case one) {
        assertThat(problems(one.text)).containsExactly(one.problems);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceInKubernetesOrder() {
        assertThat(problems(HEAD + """
                        jwt:
                        - issuer: {url: "http://a", audiences: []}
                          claimValidationRules: [{expression: claims.x}]
                          claimMappings: {username: {claim: sub}, extra: [{key: x}]}
                          userValidationRules: [{}]
                          surprise: 1
                        - issuer: {url: "http://a"}
                        """))
                .extracting(p -> p.substring(0, p.indexOf(": ")))
                .containsExactly(
                        "jwt[0].surprise",
                        "jwt[0].issuer.url",
                        "jwt[0].issuer.audiences",
                        "jwt[0].claimValidationRules[0].expression",
                        "jwt[0].claimMappings.username.prefix",
                        "jwt[0].claimMappings.extra[0].key",
                        "jwt[0].claimMappings.extra[0].valueExpression",
                        "jwt[0].userValidationRules[0].expression",
                        "jwt[1].issuer.url",
                        "jwt[1].issuer.audiences",
                        "jwt[1].claimMappings.username",
                        "jwt[1].issuer.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claimMappings: {username: {expression: 'claims.email_verified ? claims.email : \"x\"'}}",
                "claimMappings: {username: {expression: 'claims.?email_verified.orValue(true) ? claims.email : \"x\"'}}",
                "claimMappings: {username: {expression: claims.email},"
                        + " extra: [{key: a.io/v, valueExpression: 'string(claims.email_verified)'}]}",
                "claimMappings: {username: {expression: claims.email}}\n"
                        + "claimValidationRules: [{expression: 'claims.email_verified == true'}]",
                "claimMappings: {username: {expression: 'claims[\"email\"]'}}",
                "claimMappings: {username: {claim: email, prefix: ''}}",
                "claimMappings: {username: {expression: claims.sub}, groups: {expression: claims.email}}"
            })
    void anAddressThatIsLookedAtFurtherMayBeAName(String more) {
        assertThat(problems(entry(more))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1", "v1alpha1"})
    void allVersionsAreRead(String version) {
        assertThat(Configurations.read(entry("").replace("k8s.io/v1", "k8s.io/" + version)))
                .isInstanceOf(Read.Valid.class);
    }

    @Test
    void noIssuerAtAllIsAConfigurationToo() {
        assertThat(Configurations.read(HEAD + "jwt: []\n")).isInstanceOf(Read.Valid.class);
        assertThat(Configurations.read(HEAD)).isInstanceOf(Read.Valid.class);
    }

    @Test
    void anonymousIsWhatIsWritten() {
        var read = (Read.Valid) Configurations.read(HEAD + "anonymous: {enabled: true, conditions: [{path: /a}]}\n");

        assertThat(read.configuration().anonymous()).contains(new AnonymousAccess(true, List.of("/a")));
        assertThat(((Read.Valid) Configurations.read(HEAD)).configuration().anonymous())
                .isEmpty();
    }

    @Test
    void spoiledFilesAreRefusedAndNeverThrow() {
        var random = new Random(11);
        String good = entry("""
                claimValidationRules:
                - {expression: "claims.hd == 'x'", message: m}
                - {claim: tenant, requiredValue: acme}
                userValidationRules: [{expression: "!user.username.startsWith('system:')"}]
                """);
        assertThat(problems(good)).isEmpty();
        for (int i = 0; i < 1_500; i++) {
            var bytes = new StringBuilder(good);
            IntStream.rangeClosed(0, random.nextInt(4)).forEach(_ -> {
                int at = random.nextInt(bytes.length());
                switch (random.nextInt(4)) {
                    case 0 -> bytes.deleteCharAt(at);
                    case 1 -> bytes.insert(at, "{}[]:,&*!|>'\"%@`#-?\t\u0000\n".charAt(random.nextInt(22)));
                    case 2 -> bytes.setCharAt(at, (char) random.nextInt(256));
                    default -> bytes.insert(at, bytes.substring(at, Math.min(bytes.length(), at + random.nextInt(60))));
                }
            });
            assertThat(Configurations.read(bytes.toString())).isNotNull();
        }
    }

    @Test
    void deepAndLargeFilesAreRefusedSoon() {
        assertThat(problems(HEAD + "jwt: " + "[".repeat(100_000) + "]".repeat(100_000)))
                .isNotEmpty();
        assertThat(problems(HEAD + "x: &a [" + "1,".repeat(1000) + "1]\ny: [" + "*a,".repeat(5000) + "1]\n"))
                .isNotEmpty();
    }
}

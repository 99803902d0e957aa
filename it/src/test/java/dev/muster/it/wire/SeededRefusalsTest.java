package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.it.wire.Wire.Answer;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.issuer.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One refusal of each sort: what {@code muster why} prints of it names the very thing that failed, and nothing of the credential.
 */
class SeededRefusalsTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String NONE_OF_FILE = "token file +not its own +the token is not in it";

    @TempDir
    static Path folder;

    private static Seeds seeds;

    /** Sends it. */
    @FunctionalInterface
    interface Sending {
        Answer send() throws Exception;
    }

    /**
     * One refusal.
     *
     * @param status 401, 403, or 201 for a review
     * @param named what the story must say, regular expressions
     * @param credential what it must not
     */
    record Case(String what, int status, List<String> named, String credential, Sending sending) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final List<Case> CASES = new ArrayList<>();

    private static void unknown(String what, String credential, Sending sending, String... named) {
        CASES.add(new Case(what, 401, List.of(named), credential, sending));
    }

    private static void token(String what, String token, String... named) {
        unknown(what, token, () -> seeds.bearing(token, PODS), named);
    }

    private static void forbidden(String what, Sending sending, String... named) {
        CASES.add(new Case(what, 403, List.of(named), WholeServer.JANES_TOKEN, sending));
    }

    /** By jane, who may act as bob in the group g with uid 7 and nothing else. */
    private static void impersonation(String what, String named, String... lines) {
        forbidden(what, () -> seeds.bearing(WholeServer.JANES_TOKEN, PODS, lines), named, "User: +jane");
    }

    @BeforeAll
    static void start() throws Exception {
        seeds = new Seeds(folder);
        tokens();
        certificates();
        proxies();
        bootstrapTokens();
        accounts();
        accessTokens();
        people();
        rights();
        impersonations();
        reviews();
    }

    @AfterAll
    static void stop() throws Exception {
        seeds.close();
    }

    private static void tokens() throws Exception {
        token("an unknown token", "nobodys-canary-token-1", NONE_OF_FILE, "bootstrap tokens +not its own");
        unknown(
                "an unknown token of a web socket",
                "bm9ib2R5cy1jYW5hcnktdG9rZW4tMg",
                () -> seeds.get(
                        PODS,
                        "Sec-WebSocket-Protocol: v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.bm9ib2R5cy1jYW5hcnktdG9rZW4tMg",
                        "Upgrade: websocket",
                        "Connection: upgrade"),
                NONE_OF_FILE);
    }

    private static void certificates() throws Exception {
        var now = Instant.now();
        var past = Seeds.certificate("ann").valid(now.minus(Duration.ofHours(2)), now.minus(Duration.ofMinutes(5)));
        certificate("an expired certificate", seeds.users.issue(past), "certificate has expired");
        var future = Seeds.certificate("ann").valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(2)));
        certificate("a certificate of tomorrow", seeds.users.issue(future), "not yet valid");
        certificate(
                "a certificate of an unknown authority",
                TestCa.root("strangers").issue(Seeds.certificate("ann")),
                "certificate signed by unknown authority");
        certificate(
                "a server's certificate",
                seeds.users.issue(Seeds.certificate("ann").purposes(KeyPurposeId.id_kp_serverAuth)),
                "incompatible key usage");
        var lost = seeds.users.issue(Seeds.certificate("lost"));
        seeds.revoke("lost-laptop", lost);
        certificate("a certificate that was taken back", lost, "credential of lost was taken back: lost-laptop");
    }

    private static void certificate(String what, CertifiedKey who, String named) {
        unknown(what, "BEGIN CERTIFICATE", () -> seeds.presenting(who, PODS), named);
    }

    private static void proxies() throws Exception {
        var other = seeds.proxies.issue(Seeds.certificate("other-proxy"));
        unknown(
                "a proxy of another name",
                "BEGIN CERTIFICATE",
                () -> seeds.presenting(other, PODS, "X-Remote-User: jane"),
                "subject with cn=.?other-proxy.? is not in the allowed list");
        var proxy = seeds.proxies.issue(Seeds.certificate("front-proxy"));
        unknown(
                "a proxy that names two users",
                "BEGIN CERTIFICATE",
                () -> seeds.presenting(proxy, PODS, "X-Remote-User: jane", "X-Remote-User: root"),
                "the front proxy's .*[Xx]-[Rr]emote-[Uu]ser");
        var old = Seeds.certificate("front-proxy")
                .valid(Instant.now().minus(Duration.ofHours(2)), Instant.now().minus(Duration.ofMinutes(5)));
        var expired = seeds.proxies.issue(old);
        unknown(
                "a proxy whose certificate has expired",
                "BEGIN CERTIFICATE",
                () -> seeds.presenting(expired, PODS, "X-Remote-User: jane"),
                "as a front proxy's: .*expired");
    }

    private static void bootstrapTokens() throws Exception {
        String auth = ",'usage-bootstrap-authentication':'true'";
        seeds.bootstrapToken("aaaaaa", auth);
        seeds.bootstrapToken("bbbbbb", auth + ",'expiration':'2020-01-01T00:00:00Z'");
        seeds.bootstrapToken("cccccc", ",'usage-bootstrap-signing':'true'");
        token("a bootstrap token nobody made", "zzzzzz.0123456789abcdef", "token id zzzzzz: there is no such Secret");
        token("a bootstrap token of another secret", "aaaaaa.fedcba9876543210", "token id aaaaaa: another secret");
        token(
                "an expired bootstrap token",
                "bbbbbb.0123456789abcdef",
                "token id bbbbbb: (expired|there is no such Secret)");
        token("a bootstrap token for signing", "cccccc.0123456789abcdef", "token id cccccc: not for authentication");
    }

    private static void accounts() throws Exception {
        seeds.account("robot");
        String good = seeds.accountToken("robot", "{}");
        long now = Instant.now().getEpochSecond();
        token(
                "an expired account's token",
                seeds.changed(good, "exp", now - 90),
                "EXPIRED: service account token has expired");
        token(
                "an account's token of tomorrow",
                seeds.changed(good, "nbf", now + 3600),
                "service account token is not valid yet");
        token(
                "an account's token for others",
                seeds.accountToken("robot", "{'audiences':['vault']}"),
                "audiences \\[\"?vault\"?\\] is invalid for the target audiences");
        token("an account's token somebody wrote upon", good.substring(0, good.length() - 6) + "AAAAAA", "signature");
        seeds.account("gone");
        String ofGone = seeds.accountToken("gone", "{}");
        seeds.delete("/api/v1/namespaces/default/serviceaccounts/gone");
        token("a deleted account's token", ofGone, "service ?account .*(is gone|not found)");
        String before = seeds.account("again");
        String ofBefore = seeds.accountToken("again", "{}");
        seeds.delete("/api/v1/namespaces/default/serviceaccounts/again");
        String after = seeds.account("again");
        token("the token of an account of the same name", ofBefore, "UID \\(" + after + "\\) does not match");
        assertThat(before).isNotEqualTo(after);
        seeds.make("/api/v1/nodes", "{'metadata':{'name':'n1'}}");
        String pod = seeds.make(
                        PODS,
                        "{'metadata':{'name':'p'},'spec':{'serviceAccountName':'robot','nodeName':'n1',"
                                + "'containers':[{'name':'c','image':'i'}]}}")
                .at("/metadata/uid")
                .asText();
        String bound = seeds.accountToken(
                "robot", "{'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p','uid':'" + pod + "'}}");
        seeds.delete(PODS + "/p");
        token("a token of a pod that is gone", bound, "invalidated: the pod is gone");
        String withId = seeds.accountToken("robot", "{}");
        String id = new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(withId.split("\\.")[1]))
                .path("jti")
                .asText();
        seeds.revoke("one-token", "{'token':{'id':'" + id + "'}}");
        token(
                "a token that was taken back",
                withId,
                "credential of system:serviceaccount:default:robot was taken back: one-token");
    }

    private static String accessToken(String name, String spec) throws Exception {
        String made = "/apis/identity.muster.dev/v1alpha1/accesstokens";
        return seeds.make(made, "{'metadata':{'name':'" + name + "'},'spec':" + spec + "}")
                .at("/status/token")
                .asText();
    }

    private static void accessTokens() throws Exception {
        token(
                "an access token for others",
                accessToken("for-vault", "{'description':'d','audiences':['vault']}"),
                "access token for-vault is for \\[vault\\], not for");
        String deleted = accessToken("deleted", "{'description':'d'}");
        seeds.delete("/apis/identity.muster.dev/v1alpha1/accesstokens/deleted");
        token("a deleted access token", deleted, "no AccessToken object has this token's hash: deleted, or never made");
    }

    private static void people() throws Exception {
        var key = Seeds.ISSUERS;
        long now = Instant.now().getEpochSecond();
        token(
                "an id token for another client",
                seeds.token().text("aud", "grafana").signed(key),
                "expected audience \\[\"kubernetes\"\\] got \\[\"grafana\"\\]");
        token("an expired id token", seeds.token().with("exp", "" + (now - 5)).signed(key), "token is expired \\(exp ");
        token(
                "an id token of tomorrow",
                seeds.token().with("nbf", "" + (now + 3600)).signed(key),
                "NOT_YET_VALID: .*before|not.* valid|nbf");
        token(
                "an id token of another issuer",
                seeds.token().text("iss", "https://evil.example").signed(key),
                "https://evil.example");
        token(
                "an id token without a required claim",
                seeds.token().without("tenant").signed(key),
                "required claim \"tenant\" not present");
        token(
                "an id token of another tenant",
                seeds.token().text("tenant", "globex").signed(key),
                "required claim \"tenant\" value does not match. Got = \"globex\", want = \"acme\"");
        token(
                "an id token without a user",
                seeds.token().without("preferred_username").signed(key),
                "parse username claims \"preferred_username\": claim not present");
        token(
                "an id token whose groups are a number",
                seeds.token().with("groups", "7").signed(key),
                "parse groups claim \"groups\"");
        token(
                "an id token of an unknown key",
                seeds.token().signed(SigningKey.rsa("nobodys")),
                "unknown key id \"nobodys\"");
        token(
                "an id token of an algorithm that is not allowed",
                seeds.token().signed(SigningKey.of("seeds", "ES384")),
                "signed with unsupported algorithm \"ES384\"");
        token(
                "an id token that somebody else signed",
                seeds.token().header("kid", "\"seeds\"").signed(SigningKey.rsa("nobodys")),
                "failed to verify signature");
        String good = seeds.token().text("jti", "t-99").signed(key);
        seeds.revoke("stolen-session", "{'token':{'id':'t-99'}}");
        token("an id token that was taken back", good, "credential of oidc:jane was taken back: stolen-session");
    }

    private static void rights() throws Exception {
        seeds.allow("robot-reader", "jane", "[{'apiGroups':[''],'resources':['configmaps'],'verbs':['get']}]");
        forbidden(
                "a secret by its name",
                () -> seeds.bearing(WholeServer.JANES_TOKEN, "/api/v1/namespaces/team/secrets/db"),
                "secrets \"db\" is forbidden: User \"jane\" cannot get resource \"secrets\".* in the namespace \"team\"",
                "ClusterRoleBinding/robot-reader +grants ClusterRole/robot-reader +to User/jane");
        forbidden(
                "a path",
                () -> seeds.bearing(WholeServer.JANES_TOKEN, "/metrics"),
                "User \"jane\" cannot get path \"/metrics\"");
        CASES.add(new Case(
                "nobody at all",
                403,
                List.of("User \"system:anonymous\" cannot list resource \"pods\"", "Groups: +system:unauthenticated"),
                "BEGIN",
                () -> seeds.get(PODS)));
        var node = seeds.users.issue(Seeds.certificate("system:node:n1", "system:nodes"));
        CASES.add(new Case(
                "a node that reads a secret of nobody's pod",
                403,
                List.of("no relationship found between node 'n1' and this object", "secrets \"db\""),
                "BEGIN",
                () -> seeds.presenting(node, "/api/v1/namespaces/default/secrets/db")));
    }

    private static void impersonations() throws Exception {
        seeds.allow(
                "mask",
                "jane",
                "[{'apiGroups':[''],'resources':['users'],'resourceNames':['bob','left'],'verbs':['impersonate']},"
                        + "{'apiGroups':[''],'resources':['groups'],'resourceNames':['g'],'verbs':['impersonate']}]");
        String bob = "Impersonate-User: bob";
        impersonation("another user", "lacks +impersonate users \"carol\"", "Impersonate-User: carol");
        impersonation(
                "another group",
                "lacks +impersonate groups \"admins\"",
                bob,
                "Impersonate-Group: g",
                "Impersonate-Group: admins");
        impersonation("another uid", "lacks +impersonate uids.authentication.k8s.io \"7\"", bob, "Impersonate-Uid: 7");
        impersonation(
                "an extra value",
                "lacks +impersonate userextras.authentication.k8s.io/acme.com/x \"y\"",
                bob,
                "Impersonate-Extra-Acme.com%2fX: y");
        impersonation(
                "a service account",
                "lacks +impersonate serviceaccounts \"robot\" in namespace \"default\"",
                "Impersonate-User: system:serviceaccount:default:robot");
        impersonation("a node", "lacks +impersonate-on:arbitrary-node:list pods", "Impersonate-User: system:node:n1");
        seeds.revoke(
                "left-us",
                "{'user':{'name':'left','issuedBefore':'"
                        + Instant.now().plusSeconds(60).toString().substring(0, 19) + "Z'}}");
        impersonation(
                "one whose credentials were taken back",
                "users \"left\" is forbidden.*have been taken back",
                "Impersonate-User: left");
        forbidden(
                "what the other may not either",
                () -> seeds.bearing(WholeServer.JANES_TOKEN, PODS, bob),
                "User: +bob",
                "Called by: jane",
                "User \"bob\" cannot list resource \"pods\"");
    }

    private static void reviews() {
        CASES.add(new Case(
                "a review of an unknown token",
                201,
                List.of("a review said no", "Asked by: +kubernetes-admin", NONE_OF_FILE),
                "reviewed-canary-token",
                () -> seeds.review("reviewed-canary-token")));
        String expired = seeds.token()
                .with("exp", Long.toString(Instant.now().getEpochSecond() - 9))
                .signed(Seeds.ISSUERS);
        CASES.add(new Case(
                "a review of an expired id token",
                201,
                List.of("a review said no", "token is expired \\(exp "),
                expired,
                () -> seeds.review(expired)));
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStoryNamesTheVeryThingThatFailed(Case one) throws Exception {
        var answer = one.sending().send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(one.status());
        String story = seeds.why(Seeds.id(answer));
        for (String named : one.named()) {
            assertThat(story).containsPattern(named);
        }
        for (String part : one.credential().split("\\.")) {
            if (part.length() > 6) {
                assertThat(story).doesNotContain(part);
                assertThat(answer.text().contains("TokenReview") ? "" : answer.text())
                        .doesNotContain(part);
            }
        }
        if (one.status() == 401) {
            assertThat(answer.text()).contains("\"message\":\"Unauthorized\"");
        }
    }

    @Test
    void thereAreAtLeastThirtySorts() {
        assertThat(CASES.stream().map(Case::what).distinct()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void everyStoryIsAnothers() throws Exception {
        var seen = new ArrayList<String>();
        for (Case one : CASES) {
            seen.add(Seeds.id(one.sending().send()));
        }
        assertThat(seen).doesNotHaveDuplicates();
    }
}

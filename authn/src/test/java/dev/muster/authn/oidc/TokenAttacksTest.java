package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried with tokens, and what an operator is told of it. */
class TokenAttacksTest {

    private static final SigningKey EC = SigningKey.ec("curve");
    private static final SigningKey STRANGER = SigningKey.rsa("stranger");
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private static World world;
    private static TestIssuer other;

    @BeforeAll
    static void begin() throws InterruptedException {
        world = new World();
        world.issuer.publish(World.KEY, EC);
        // Another issuer, whose key goes by the same name.
        other = TestIssuer.start(new SigningKey(World.KEY.id(), STRANGER.pair(), "RS256"));
        var theirs = new IssuerSettings(
                other.url(),
                Optional.empty(),
                List.of(other.authority()),
                List.of(World.CLIENT),
                IssuerSettings.ALL_ALGORITHMS,
                IssuerSettings.Trust.ORDINARY);
        world.adopt(
                new Issuer(world.settings(), World.rules(Optional.of("groups"), Map.of("tenant", "acme"))),
                new Issuer(theirs, World.rules(Optional.of("groups"), Map.of())));
    }

    @AfterAll
    static void end() {
        world.close();
        other.close();
    }

    /**
     * @param reason null = nobody's here
     * @param says what the operator is told, in part
     */
    record Attack(String name, String token, Reason reason, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static TestToken good() {
        return world.token().text("tenant", "acme");
    }

    private static long seconds(long from) {
        return world.clock.instant().getEpochSecond() + from;
    }

    @Test
    void theTokenThatAllOfThemBeginWithIsGood() {
        assertThat(world.at(good().signed(World.KEY))).isInstanceOf(Outcome.Accepted.class);
        assertThat(world.at(good().signed(EC))).isInstanceOf(Outcome.Accepted.class);
    }

    static Stream<Attack> attacks() throws GeneralSecurityException {
        var all = new ArrayList<Attack>();
        signatures(all);
        headers(all);
        times(all);
        audiences(all);
        payloads(all);
        names(all);
        sizes(all);
        return all.stream();
    }

    private static void signatures(List<Attack> all) throws GeneralSecurityException {
        String good = good().signed(World.KEY);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        String body = good.split("\\.")[1];
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = part("{\"alg\":\"" + none + "\",\"kid\":\"first\"}");
            all.add(new Attack(
                    "alg " + none + " without a signature",
                    header + "." + body + ".",
                    Reason.UNTRUSTED,
                    "unsupported algorithm"));
            all.add(new Attack(
                    "alg " + none + " with the signature of another header",
                    header + "." + body + good.substring(good.lastIndexOf('.')),
                    Reason.UNTRUSTED,
                    "unsupported algorithm"));
        }
        for (int bits : List.of(256, 384, 512)) {
            for (var entry : publicKeyAsText().entrySet()) {
                all.add(new Attack(
                        "HS" + bits + " with the public key as secret, " + entry.getKey(),
                        hmac(bits, entry.getValue(), body),
                        Reason.UNTRUSTED,
                        "unsupported algorithm \"HS" + bits + "\""));
            }
        }
        all.add(new Attack("no signature", unsigned, Reason.UNTRUSTED, "not the one of key \"first\""));
        all.add(new Attack(
                "a stranger's signature under a known name",
                good().header("kid", "\"first\"").signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key \"first\""));
        all.add(new Attack(
                "a stranger's signature without a name",
                new SigningKey("", STRANGER.pair(), "RS256").sign("{\"alg\":\"RS256\"}", good().json()),
                Reason.UNTRUSTED,
                "names no key"));
        all.add(new Attack(
                "another issuer's signature, by a key of the same name",
                good().header("kid", "\"first\"").signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "our issuer's signature in another issuer's name",
                good().text("iss", other.url()).signed(World.KEY),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "an RSA signature under a curve's name",
                good().header("kid", "\"curve\"").signed(World.KEY),
                Reason.UNTRUSTED,
                "not the one of key \"curve\""));
        all.add(new Attack(
                "RS384 by a key that is published for RS256",
                good().signed(new SigningKey("first", World.KEY.pair(), "RS384")),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "PS256 by a key that is published for RS256",
                good().signed(new SigningKey("first", World.KEY.pair(), "PS256")),
                Reason.UNTRUSTED,
                "not the one of key"));
        String curve = good().signed(EC);
        String signed = curve.substring(0, curve.lastIndexOf('.') + 1);
        byte[] order = new java.math.BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
                .toByteArray();
        byte[] ones = new byte[64];
        ones[31] = 1;
        ones[63] = 1;
        byte[] orders = new byte[64];
        System.arraycopy(order, 1, orders, 0, 32);
        System.arraycopy(order, 1, orders, 32, 32);
        byte[] zeroS = new byte[64];
        zeroS[31] = 1;
        for (var odd : Map.of(
                        "r = 0, s = 0",
                        new byte[64],
                        "r = s = 1",
                        ones,
                        "r = s = the order",
                        orders,
                        "s = 0",
                        zeroS,
                        "shorter",
                        new byte[63],
                        "empty",
                        new byte[0],
                        "longer",
                        new byte[65],
                        "DER",
                        EC.signature("x".getBytes(StandardCharsets.UTF_8)))
                .entrySet()) {
            all.add(new Attack(
                    "a signature with " + odd.getKey(),
                    signed + URL.encodeToString(odd.getValue()),
                    Reason.UNTRUSTED,
                    "not the one of key \"curve\""));
        }
        all.add(new Attack(
                "a payload changed after signing",
                part(good().header("alg", "\"RS256\"")
                                .header("kid", "\"first\"")
                                .headerJson()) + "."
                        + part(good().text("sub", "root").json()) + good.substring(good.lastIndexOf('.')),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "two signatures (JSON serialisation)", "{\"payload\":\"" + body + "\",\"signatures\":[]}", null, ""));
        all.add(new Attack("four parts", good + ".x", null, ""));
        all.add(new Attack("five parts, as if encrypted", good + ".x.y", null, ""));
        all.add(new Attack("a signature with padding", good + "=", null, ""));
    }

    private static void headers(List<Attack> all) {
        String attacker = other.url();
        all.add(new Attack("crit", good().header("crit", "[\"exp\"]").signed(World.KEY), Reason.MALFORMED, "crit"));
        all.add(new Attack("an empty crit", good().header("crit", "[]").signed(World.KEY), Reason.MALFORMED, "crit"));
        all.add(new Attack("b64", good().header("b64", "false").signed(World.KEY), Reason.MALFORMED, "b64"));
        all.add(new Attack(
                "jku to the attacker",
                good().header("jku", "\"" + attacker + "/keys\"")
                        .header("kid", "\"first\"")
                        .signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "x5u to the attacker",
                good().header("x5u", "\"" + attacker + "/keys\"")
                        .header("kid", "\"first\"")
                        .signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "jwk of the attacker",
                good().header("jwk", STRANGER.jwk()).header("kid", "\"first\"").signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key"));
        all.add(new Attack(
                "x5c of the attacker",
                good().header("x5c", "[\"AAAA\"]").header("kid", "\"first\"").signed(STRANGER),
                Reason.UNTRUSTED,
                "not the one of key"));
        for (String kid : List.of(
                "../../etc/passwd",
                "first' OR '1'='1",
                "first\\u0000",
                "FIRST",
                " first",
                "https://evil.example/k",
                "|id")) {
            all.add(new Attack(
                    "kid " + kid,
                    good().header("kid", "\"" + kid + "\"").signed(STRANGER),
                    Reason.UNTRUSTED,
                    "unknown key id"));
        }
        all.add(new Attack("kid is a number", good().header("kid", "1").signed(World.KEY), Reason.MALFORMED, "key id"));
        all.add(new Attack(
                "kid of 300 characters",
                good().header("kid", "\"" + "k".repeat(300) + "\"").signed(World.KEY),
                Reason.UNTRUSTED,
                "unknown key id"));
        all.add(new Attack(
                "alg twice",
                World.KEY.sign("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"first\"}", good().json()),
                Reason.MALFORMED,
                "stands twice"));
        all.add(new Attack(
                "kid twice",
                World.KEY.sign("{\"alg\":\"RS256\",\"kid\":\"first\",\"kid\":\"curve\"}", good().json()),
                Reason.MALFORMED,
                "stands twice"));
        all.add(new Attack(
                "no alg",
                World.KEY.sign("{\"kid\":\"first\"}", good().json()),
                Reason.MALFORMED,
                "without an algorithm"));
        all.add(new Attack(
                "alg is an array",
                World.KEY.sign("{\"alg\":[\"RS256\"],\"kid\":\"first\"}", good().json()),
                Reason.MALFORMED,
                "without an algorithm"));
        all.add(new Attack(
                "alg in small letters",
                World.KEY.sign("{\"alg\":\"rs256\",\"kid\":\"first\"}", good().json()),
                Reason.UNTRUSTED,
                "unsupported algorithm \"rs256\""));
        for (String type : List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "application/logout+jwt", "JOSE", "")) {
            all.add(new Attack(
                    "typ " + type,
                    good().header("typ", "\"" + type + "\"").signed(World.KEY),
                    Reason.WRONG_PURPOSE,
                    "of type"));
        }
        all.add(new Attack(
                "a logout token without its typ",
                good().with("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}")
                        .signed(World.KEY),
                Reason.WRONG_PURPOSE,
                "logout token"));
        all.add(new Attack(
                "a token within a token",
                World.KEY.sign("{\"alg\":\"RS256\",\"kid\":\"first\",\"cty\":\"JWT\"}", good().signed(World.KEY)),
                null,
                ""));
    }

    private static void times(List<Attack> all) {
        all.add(new Attack(
                "expired by one second",
                good().with("exp", "" + seconds(-1)).signed(World.KEY),
                Reason.EXPIRED,
                "token is expired (exp " + Instant.ofEpochSecond(seconds(-1)) + ", 1 s ago)"));
        all.add(new Attack("no exp", good().without("exp").signed(World.KEY), Reason.EXPIRED, "exp is missing"));
        all.add(new Attack("exp null", good().with("exp", "null").signed(World.KEY), Reason.EXPIRED, "exp is missing"));
        all.add(new Attack(
                "exp is a string",
                good().with("exp", "\"" + seconds(3600) + "\"").signed(World.KEY),
                Reason.MALFORMED,
                "claim exp is no number"));
        all.add(new Attack(
                "exp true", good().with("exp", "true").signed(World.KEY), Reason.MALFORMED, "claim exp is no number"));
        all.add(new Attack("exp negative", good().with("exp", "-1").signed(World.KEY), Reason.EXPIRED, "expired"));
        all.add(new Attack(
                "exp with another case",
                good().without("exp").with("Exp", "" + seconds(3600)).signed(World.KEY),
                Reason.EXPIRED,
                "exp is missing"));
        all.add(new Attack(
                "nbf 61 s ahead",
                good().with("nbf", "" + seconds(61)).signed(World.KEY),
                Reason.NOT_YET_VALID,
                "before the nbf"));
        all.add(new Attack(
                "nbf is a string",
                good().text("nbf", "1").signed(World.KEY),
                Reason.MALFORMED,
                "claim nbf is no number"));
        all.add(new Attack(
                "issued 61 s from now, to outlive a revocation",
                good().with("iat", "" + seconds(61)).signed(World.KEY),
                Reason.NOT_YET_VALID,
                "issued in the future"));
        all.add(new Attack(
                "iat at the end of time",
                good().with("iat", "9e18").signed(World.KEY),
                Reason.NOT_YET_VALID,
                "issued in the future"));
    }

    private static void audiences(List<Attack> all) {
        for (String aud : List.of(
                "\"other\"",
                "[\"other\"]",
                "[]",
                "\"\"",
                "\"Kubernetes\"",
                "\"kubernetes \"",
                "\"kubernetes2\"",
                "\"kuber\"",
                "null")) {
            all.add(new Attack(
                    "aud " + aud,
                    good().with("aud", aud).signed(World.KEY),
                    Reason.WRONG_PURPOSE,
                    "expected audience [\"kubernetes\"] got"));
        }
        all.add(new Attack(
                "no aud", good().without("aud").signed(World.KEY), Reason.WRONG_PURPOSE, "expected audience"));
        for (String aud : List.of(
                "{\"kubernetes\":1}", "[\"kubernetes\",1]", "7", "[[\"kubernetes\"]]", "[\"kubernetes\",null]")) {
            all.add(new Attack("aud " + aud, good().with("aud", aud).signed(World.KEY), Reason.MALFORMED, "claim aud"));
        }
        all.add(new Attack(
                "aud of a hundred and one",
                good().with("aud", "[" + "\"kubernetes\",".repeat(100) + "\"x\"]")
                        .signed(World.KEY),
                Reason.MALFORMED,
                "more than 100"));
    }

    private static void payloads(List<Attack> all) {
        String good = good().json();
        all.add(new Attack("sub twice", raw(good.replace("{", "{\"sub\":\"root\",")), null, ""));
        all.add(new Attack("sub twice, once escaped", raw(good.replace("{", "{\"s\\u0075b\":\"root\",")), null, ""));
        all.add(new Attack("aud twice", raw(good.replace("{", "{\"aud\":\"other\",")), null, ""));
        all.add(new Attack("iss twice", raw(good.replace("{", "{\"iss\":\"" + other.url() + "\",")), null, ""));
        all.add(new Attack(
                "groups twice within a claim", raw(good.replace("{", "{\"x\":{\"a\":1,\"a\":2},")), null, ""));
        all.add(new Attack("something after the claims", raw(good + "{}"), null, ""));
        all.add(new Attack("an array of claims", raw("[" + good + "]"), null, ""));
        all.add(new Attack(
                "nested too deeply",
                good().with("x", "[".repeat(40) + "]".repeat(40)).signed(World.KEY),
                null,
                ""));
        all.add(new Attack(
                "half a character", good().with("sub", "\"a\\ud800\"").signed(World.KEY), null, ""));
        all.add(new Attack(
                "iss of another case",
                good().text("iss", world.issuer.url().replace("https", "HTTPS")).signed(World.KEY),
                null,
                ""));
        all.add(new Attack(
                "Iss", good().without("iss").text("Iss", world.issuer.url()).signed(World.KEY), null, ""));
        all.add(new Attack(
                "no user name", good().without("sub").signed(World.KEY), Reason.POLICY, "claim not present"));
        all.add(new Attack(
                "user name null", good().with("sub", "null").signed(World.KEY), Reason.POLICY, "claim is no string"));
        all.add(new Attack(
                "user name 7", good().with("sub", "7").signed(World.KEY), Reason.POLICY, "claim is no string"));
        all.add(new Attack(
                "user name empty", good().text("sub", "").signed(World.KEY), Reason.POLICY, "claim is empty"));
        all.add(new Attack(
                "user name of several",
                good().with("sub", "[\"jane\"]").signed(World.KEY),
                Reason.POLICY,
                "claim is no string"));
        all.add(new Attack(
                "groups of objects",
                good().with("groups", "[{\"name\":\"a\"}]").signed(World.KEY),
                Reason.POLICY,
                "parse groups claim \"groups\""));
        all.add(new Attack(
                "groups of numbers",
                good().with("groups", "[1]").signed(World.KEY),
                Reason.POLICY,
                "parse groups claim"));
        all.add(new Attack(
                "groups as an object",
                good().with("groups", "{\"a\":true}").signed(World.KEY),
                Reason.POLICY,
                "parse groups claim"));
        all.add(new Attack(
                "a required claim missing",
                good().without("tenant").signed(World.KEY),
                Reason.POLICY,
                "required claim \"tenant\" not present"));
        all.add(new Attack(
                "a required claim of another value",
                good().text("tenant", "Acme").signed(World.KEY),
                Reason.POLICY,
                "Got = \"Acme\", want = \"acme\""));
        all.add(new Attack(
                "a required claim in an array",
                good().with("tenant", "[\"acme\"]").signed(World.KEY),
                Reason.POLICY,
                "no string"));
    }

    private static void names(List<Attack> all) {
        for (String name : List.of(
                "system:admin",
                "system:kube-controller-manager",
                "system:",
                "System:admin",
                "SYSTEM:masters",
                "\uff53ystem:masters",
                "system\uff1amasters",
                " system:x",
                "system:serviceaccount:kube-system:default",
                "system:anonymous")) {
            all.add(new Attack(
                    "user " + name,
                    good().text("sub", name).signed(World.KEY),
                    Reason.POLICY,
                    "one of Kubernetes' own"));
        }
        for (String name : List.of(
                "system:masters", "system:nodes", "system:authenticated", "system:unauthenticated", "SYSTEM:MASTERS")) {
            all.add(new Attack(
                    "group " + name,
                    good().with("groups", "[\"developers\",\"" + name + "\"]").signed(World.KEY),
                    Reason.POLICY,
                    "the group \"" + name + "\" is one of Kubernetes' own"));
        }
        all.add(new Attack(
                "group system:masters as a string",
                good().text("groups", "system:masters").signed(World.KEY),
                Reason.POLICY,
                "one of Kubernetes' own"));
        for (String name : List.of(
                "ja\\u0000ne",
                "jane\\n",
                "ja\\tne",
                "jane\\u200b",
                "\\u202eenaj",
                "jane\\u2028",
                "\\ufeffjane",
                "ja\\u00adne",
                "jane\\u007f",
                "jane\\u0085",
                "sy\\u200bstem:masters")) {
            all.add(new Attack(
                    "user " + name,
                    good().with("sub", "\"" + name + "\"").signed(World.KEY),
                    Reason.POLICY,
                    "nobody can see"));
            all.add(new Attack(
                    "group " + name,
                    good().with("groups", "[\"" + name + "\"]").signed(World.KEY),
                    Reason.POLICY,
                    "nobody can see"));
        }
    }

    private static void sizes(List<Attack> all) {
        all.add(new Attack(
                "a user name of 1025 characters",
                good().text("sub", "j".repeat(1025)).signed(World.KEY),
                Reason.POLICY,
                "more than 1024"));
        all.add(new Attack(
                "a group of 10 kB",
                good().text("groups", "g".repeat(10_000)).signed(World.KEY),
                Reason.POLICY,
                "more than 1024"));
        all.add(new Attack(
                "2001 groups",
                good().with("groups", "[" + "\"g\",".repeat(2000) + "\"g\"]").signed(World.KEY),
                Reason.POLICY,
                "2001 groups"));
        all.add(new Attack(
                "a token of more than 64 KiB",
                good().text("x", "x".repeat(60_000)).signed(World.KEY),
                null,
                ""));
        all.add(new Attack(
                "a header of more than 4 KiB",
                good().header("x", "\"" + "x".repeat(5000) + "\"").signed(World.KEY),
                Reason.MALFORMED,
                "a header longer than"));
        all.add(new Attack(
                "a jti that could not be taken back",
                good().text("jti", "j".repeat(1025)).signed(World.KEY),
                Reason.MALFORMED,
                "claim jti"));
        all.add(new Attack(
                "a sid that could not be taken back",
                good().text("sid", "j".repeat(1025)).signed(World.KEY),
                Reason.MALFORMED,
                "claim sid"));
        all.add(new Attack(
                "a sid that is no string",
                good().with("sid", "[\"a\"]").signed(World.KEY),
                Reason.MALFORMED,
                "claim sid"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedWithItsExactCause(Attack attack) {
        var outcome = world.judged(attack.token());

        if (attack.reason() == null) {
            assertThat(outcome).isEqualTo(Outcome.NOT_MINE);
            return;
        }
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).as(refused.detailForLog()).isEqualTo(attack.reason());
            assertThat(refused.detailForLog()).contains(attack.says()).doesNotContain(attack.token());
            assertThat(refused.detailForLog().chars().allMatch(c -> c >= ' ')).isTrue();
        });
    }

    @Test
    void thereAreAsManyAttacksAsThereShouldBe() throws GeneralSecurityException {
        assertThat(attacks()).hasSizeGreaterThan(140);
        assertThat(attacks().map(Attack::name).distinct().count())
                .isEqualTo(attacks().count());
    }

    @Test
    void nothingInATokenMakesACallToWhereItsAuthorLikes() {
        int before = other.asked("/keys");
        for (String member : List.of("jku", "x5u")) {
            world.judged(good().header(member, "\"" + other.url() + "/stolen\"")
                    .header("kid", "\"unheard of\"")
                    .signed(STRANGER));
        }
        assertThat(other.asked("/stolen")).isZero();
        assertThat(other.asked("/keys")).isEqualTo(before);
    }

    @Test
    void whatIsOddAndGoodIsAccepted() {
        for (TestToken odd : List.of(
                good().with("exp", "" + seconds(0)),
                good().with("exp", "" + seconds(1) + ".9"),
                good().with("exp", "1e11"),
                good().with("nbf", "" + seconds(60)),
                good().with("iat", "" + seconds(60)),
                good().without("iat"),
                good().with("aud", "[\"other\",\"kubernetes\"]"),
                good().text("azp", "somebody else"),
                good().header("typ", "\"JWT\""),
                good().header("typ", "\"at+jwt\""),
                good().header("typ", "\"application/at+jwt\""),
                good().header("x5t", "\"abc\""),
                good().with("groups", "null"),
                good().with("groups", "\"\""),
                good().with("groups", "[\"\",\"a\",null]"),
                good().with("picture", "[null,1e400000]".replace("1e400000", "123456789012345678901234567890")),
                good().text("sub", "j\u00e9r\u00f4me@example.com"),
                good().text("sub", "\u0441ystem"),
                good().text("sub", "ecosystem:masters"))) {
            assertThat(world.judged(odd.signed(World.KEY))).as(odd.json()).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void everyAlgorithmOfTheNineIsBelievedOfAKeyThatSuitsIt() throws InterruptedException {
        try (var nine = new World()) {
            var keys = Stream.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512")
                    .map(name -> SigningKey.of("key " + name, name))
                    .toList();
            nine.issuer.publish(keys.toArray(SigningKey[]::new));
            nine.adopt(new Issuer(nine.settings(), World.rules(Optional.empty(), Map.of())));

            for (SigningKey key : keys) {
                assertThat(nine.judged(nine.token().signed(key)))
                        .as(key.algorithm())
                        .isInstanceOf(Outcome.Accepted.class);
            }
        }
    }

    private static String raw(String payload) {
        return World.KEY.sign("{\"alg\":\"RS256\",\"kid\":\"first\"}", payload);
    }

    private static String part(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> publicKeyAsText() {
        var key = (RSAPublicKey) World.KEY.pair().getPublic();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return Map.of(
                "DER", key.getEncoded(),
                "PEM", pem.getBytes(StandardCharsets.US_ASCII),
                "modulus", key.getModulus().toByteArray(),
                "JWK", World.KEY.jwk().getBytes(StandardCharsets.US_ASCII));
    }

    private static String hmac(int bits, byte[] secret, String body) throws GeneralSecurityException {
        String signed = part("{\"alg\":\"HS" + bits + "\",\"kid\":\"first\"}") + "." + body;
        var mac = Mac.getInstance("HmacSHA" + bits);
        mac.init(new SecretKeySpec(secret, "HMAC"));
        return signed + "." + URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void theLimitsOfATokenAreThoseThatTheTableSpeaksOf() {
        assertThat(CompactJws.LONGEST).isEqualTo(64 << 10);
    }
}

package dev.muster.authn.oidc;

import static dev.muster.authn.oidc.TokenAttacksTest.EC;
import static dev.muster.authn.oidc.TokenAttacksTest.STRANGER;
import static dev.muster.authn.oidc.TokenAttacksTest.good;
import static dev.muster.authn.oidc.TokenAttacksTest.other;

import dev.muster.core.identity.Reason;
import dev.muster.testkit.issuer.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Attacks on how a token is signed. */
final class SignatureAttacks {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private SignatureAttacks() {}

    static void signatures(List<Attack> all) throws GeneralSecurityException {
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

    static void headers(List<Attack> all) {
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
}

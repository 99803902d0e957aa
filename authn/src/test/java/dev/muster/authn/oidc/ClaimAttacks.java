package dev.muster.authn.oidc;

import static dev.muster.authn.oidc.TokenAttacksTest.good;
import static dev.muster.authn.oidc.TokenAttacksTest.other;
import static dev.muster.authn.oidc.TokenAttacksTest.seconds;
import static dev.muster.authn.oidc.TokenAttacksTest.world;

import dev.muster.core.identity.Reason;
import java.time.Instant;
import java.util.List;

/** Attacks on what a token says. */
final class ClaimAttacks {

    private ClaimAttacks() {}

    static void times(List<Attack> all) {
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

    static void audiences(List<Attack> all) {
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

    static void payloads(List<Attack> all) {
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

    static void names(List<Attack> all) {
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

    static void sizes(List<Attack> all) {
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

    private static String raw(String payload) {
        return World.KEY.sign("{\"alg\":\"RS256\",\"kid\":\"first\"}", payload);
    }
}

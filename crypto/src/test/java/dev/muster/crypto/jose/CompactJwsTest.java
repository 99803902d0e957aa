package dev.muster.crypto.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.muster.crypto.jose.VerificationKeys.Verdict;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {

    private static String b64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a",
                "a.b",
                "a.b.c.d",
                ".e30.",
                "e30=.e30.",
                "e30.e30=.",
                "e30.e30.e30=",
                "e30.e 30.",
                "e30.e3+.",
                "e30.e3/.",
                "e30.e31.",
                "e30.e.",
                "e30.e30.A\n",
                "{\"payload\":\"e30\"}",
                "e30.{}.e30",
                "e30.é.e30"
            })
    void whatIsNotThreePartsOfUnpaddedBase64UrlIsRefused(String token) {
        assertThatThrownBy(() -> CompactJws.parse(token).header()).isInstanceOf(MalformedJws.class);
    }

    @Test
    void aTokenOfAnyLengthIsNotRead() {
        assertThatThrownBy(() -> CompactJws.parse("a.b." + "A".repeat(CompactJws.LONGEST)))
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> CompactJws.parse(b64("{\"alg\":\"" + "R".repeat(4096) + "\"}") + ".e30.")
                        .header())
                .hasMessageContaining("header longer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "",
                "null",
                "\"x\"",
                "{",
                "{}",
                "{} x",
                "{\"alg\":1}",
                "{\"alg\":null}",
                "{\"alg\":\"RS256\",\"alg\":\"none\"}",
                "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}",
                "{\"alg\":\"RS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"RS256\",\"crit\":[]}",
                "{\"alg\":\"RS256\",\"b64\":false}",
                "{\"alg\":\"RS256\",\"kid\":1}",
                "{\"alg\":\"RS256\",\"kid\":[\"a\"]}",
                "{\"alg\":\"RS256\",}",
                "{alg:\"RS256\"}",
                "{\"alg\":\"RS256\",\"x\":\"\\ud800\"}",
                "{\"alg\":\"RS256\",\"x\":01}",
                "{\"alg\":\"RS256\",\"x\":[1,]}",
                "{\"alg\":\"RS256\",\"x\":1e999}",
                "{\"alg\":\"RS256\",\"x\":92233720368547758080}",
                "{\"alg\":\"RS256\",\"x\":\"\t\"}",
                "{\"alg\":\"RS256\",\"x\":nul}",
                "{\"alg\":\"RS256\",\"x\":+1}",
                "{\"alg\":\"RS256\",\"x\":\"\\x\"}",
                "{\"alg\":\"RS256\",\"x\":\"\\u00g0\"}"
            })
    void aHeaderThatTwoReadersCouldReadDifferentlyIsRefused(String header) {
        assertThatThrownBy(() -> CompactJws.parse(b64(header) + ".e30.").header())
                .as(header)
                .isInstanceOf(MalformedJws.class);
    }

    @Test
    void nestingEndsSomewhere() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> StrictJson.object(deep.getBytes(UTF_8))).hasMessageContaining("deeply");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = "{\"a\":\"x\"}".getBytes(UTF_8);
        bytes[6] = (byte) 0xff;
        assertThatThrownBy(() -> StrictJson.object(bytes)).hasMessageContaining("UTF-8");
    }

    @Test
    void whatIsWellFormedIsReadAsItIs() throws Exception {
        var read = StrictJson.object(
                " {\"a\":[1,-2,0.5,true,\"\\u00e9\\n\\ud83d\\ude00\",{}],\"n\":null,\"o\":{\"x\":9223372036854775807}} "
                        .getBytes(UTF_8));
        assertThat(read.toString()).isEqualTo("{a=[1, -2, 0.5, true, é\n😀, {}], o={x=9223372036854775807}}");
    }

    /** Whatever we verify, Nimbus verifies too; and nothing breaks us. */
    @Test
    void nothingIsVerifiedThatNimbusDoesNotVerify() throws Exception {
        var random = new Random(20260101);
        String good = Keys.RSA
                .signer()
                .sign("{\"sub\":\"system:serviceaccount:a:b\",\"aud\":[\"x\"],\"exp\":1,\"o\":{\"p\":{}}}"
                        .getBytes(UTF_8));
        String alphabet = "ABCxyz019-_.=+/ {}\"\u0000é";
        var keys = Keys.RSA.trusted();
        var nimbus = new RSASSAVerifier((RSAPublicKey) Keys.RSA.pair.getPublic());
        int accepted = 0;
        for (int i = 0; i < 20_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var mutant = new StringBuilder(good);
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(mutant.length());
                char with = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(4)) {
                    case 0 -> mutant.setCharAt(at, with);
                    case 1 -> mutant.insert(at, with);
                    case 2 -> mutant.deleteCharAt(at);
                    default -> mutant.setLength(Math.max(1, at));
                }
            }
            String token = mutant.toString();
            boolean ours;
            try {
                var parsed = CompactJws.parse(token);
                ours = keys.verify(parsed) == Verdict.VERIFIED;
                parsed.claims();
            } catch (MalformedJws e) {
                ours = false;
            }
            if (ours) {
                accepted++;
                assertThat(nimbusVerifies(token, nimbus)).as(token).isTrue();
                assertThat(token).isEqualTo(good);
            }
        }
        assertThat(accepted).isGreaterThan(1000);
    }

    private static boolean nimbusVerifies(String token, RSASSAVerifier verifier) throws Exception {
        try {
            return JWSObject.parse(token).verify(verifier);
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }
}

package dev.muster.crypto.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dev.muster.crypto.jose.VerificationKeys.Verdict;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {

    private static final byte[] CLAIMS = "{\"sub\":\"a\"}".getBytes(UTF_8);

    private static String b64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Verdict verdict(VerificationKeys keys, String token) throws MalformedJws {
        return keys.verify(CompactJws.parse(token));
    }

    @ParameterizedTest
    @EnumSource(Keys.class)
    void whatWeSignWeVerifyAndSoDoOthers(Keys keys) throws Exception {
        String token = keys.signer().sign(CLAIMS);
        var parsed = CompactJws.parse(token);

        assertThat(keys.trusted().verify(parsed)).isEqualTo(Verdict.VERIFIED);
        assertThat(parsed.claims()).containsEntry("sub", "a");
        assertThat(parsed.header().algorithm()).isEqualTo(keys.algorithm.name());
        assertThat(parsed.header().keyId()).contains(keys.publicKey().id());

        var set = JWKSet.parse(JwkSet.json(List.of(keys.publicKey())));
        var theirs = set.getKeyByKeyId(parsed.header().keyId().orElseThrow());
        assertThat(theirs.isPrivate()).isFalse();
        var verifier = keys == Keys.RSA ? new RSASSAVerifier(theirs.toRSAKey()) : new ECDSAVerifier(theirs.toECKey());
        assertThat(JWSObject.parse(token).verify(verifier)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Keys.class)
    void theNativeProviderAndTheJdkVerifyEachOthersSignatures(Keys keys) throws Exception {
        var fast = FastProvider.awaitLoaded();
        assertThat(fast).as("the native provider loads on this machine").isPresent();
        var quick = new Signatures(() -> fast);
        var quickSigner = new JwsSigner(keys.publicKey(), keys.pair.getPrivate(), quick);
        var quickKeys = new VerificationKeys(List.of(keys.publicKey()), quick);

        assertThat(verdict(quickKeys, keys.signer().sign(CLAIMS))).isEqualTo(Verdict.VERIFIED);
        assertThat(verdict(keys.trusted(), quickSigner.sign(CLAIMS))).isEqualTo(Verdict.VERIFIED);
    }

    @ParameterizedTest
    @EnumSource(Keys.class)
    void aSignatureWithAnyBitChangedIsBad(Keys keys) throws Exception {
        String token = keys.signer().sign(CLAIMS);
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        for (int i = 0; i < signature.length; i += 7) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            String forged = token.substring(0, dot + 1)
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(verdict(keys.trusted(), forged)).isEqualTo(Verdict.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @EnumSource(Keys.class)
    void aSignatureOfZerosIsBad(Keys keys) throws Exception {
        String token = keys.signer().sign(CLAIMS);
        int dot = token.lastIndexOf('.');
        int length = Base64.getUrlDecoder().decode(token.substring(dot + 1)).length;
        for (int size : new int[] {0, 1, length - 1, length, length + 1}) {
            String forged = token.substring(0, dot + 1)
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[size]);
            assertThat(verdict(keys.trusted(), forged)).as(size + " bytes").isEqualTo(Verdict.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "HS256", "RS512", "PS256", "ES384"})
    void theKeyDecidesTheAlgorithmAndNotTheToken(String algorithm) throws Exception {
        for (Keys keys : List.of(Keys.RSA, Keys.P256)) {
            String signed = b64("{\"alg\":\"" + algorithm + "\",\"kid\":\""
                            + keys.publicKey().id() + "\"}") + "." + b64("{\"sub\":\"a\"}");
            String real = keys.signer().sign(CLAIMS);
            assertThat(verdict(keys.trusted(), signed + ".")).isEqualTo(Verdict.BAD_SIGNATURE);
            assertThat(verdict(keys.trusted(), signed + real.substring(real.lastIndexOf('.'))))
                    .isEqualTo(Verdict.BAD_SIGNATURE);
        }
    }

    @Test
    void thePublicKeyIsNoHmacSecret() throws Exception {
        String signed =
                b64("{\"alg\":\"HS256\",\"kid\":\"" + Keys.RSA.publicKey().id() + "\"}") + "." + b64("{\"sub\":\"a\"}");
        String pem = Pem.block("PUBLIC KEY", Keys.RSA.pair.getPublic().getEncoded());
        for (byte[] secret :
                List.of(pem.getBytes(UTF_8), Keys.RSA.pair.getPublic().getEncoded())) {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String forged = signed + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
            assertThat(verdict(Keys.RSA.trusted(), forged)).isEqualTo(Verdict.BAD_SIGNATURE);
        }
    }

    @Test
    void aKeyThatIsNamedIsTheOnlyOneTried() throws Exception {
        var both = new VerificationKeys(List.of(Keys.RSA.publicKey(), Keys.P256.publicKey()), Signatures.jdk());
        String token = Keys.RSA.signer().sign(CLAIMS);
        assertThat(verdict(both, token)).isEqualTo(Verdict.VERIFIED);
        assertThat(verdict(Keys.P256.trusted(), token)).isEqualTo(Verdict.NO_KEY);

        String lying =
                b64("{\"alg\":\"RS256\",\"kid\":\"" + Keys.P256.publicKey().id() + "\"}")
                        + token.substring(token.indexOf('.'));
        assertThat(verdict(both, lying)).isEqualTo(Verdict.BAD_SIGNATURE);
    }

    @Test
    void withoutAKeyIdEveryKeyIsTried() throws Exception {
        var both = new VerificationKeys(List.of(Keys.P256.publicKey(), Keys.RSA.publicKey()), Signatures.jdk());
        String signed = b64("{\"alg\":\"RS256\",\"kid\":\"\"}") + "." + b64("{\"sub\":\"a\"}");
        byte[] signature = Signatures.jdk().sign("SHA256withRSA", Keys.RSA.pair.getPrivate(), signed.getBytes(UTF_8));
        String token = signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        assertThat(verdict(both, token)).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void keyFilesHoldPublicAndPrivateKeysOfAnyForm() throws Exception {
        for (Keys keys : Keys.values()) {
            String file =
                    Pem.block("PUBLIC KEY", keys.pair.getPublic().getEncoded()) + Pem.write(keys.pair.getPrivate());
            assertThat(KeyFiles.verifying(file.getBytes(UTF_8)))
                    .extracting(VerificationKey::id)
                    .containsExactly(keys.publicKey().id(), keys.publicKey().id());
            assertThat(KeyFiles.signing(file.getBytes(UTF_8), Signatures.jdk())
                            .publicKey()
                            .id())
                    .isEqualTo(keys.publicKey().id());
        }
        assertThatThrownBy(() -> KeyFiles.verifying("nothing".getBytes(UTF_8)))
                .isInstanceOf(MalformedPem.class)
                .hasMessageContaining("no public key");
    }

    @Test
    void keysThatSignNoTokensAreRefused() {
        var refused = new ArrayList<PublicKey>();
        refused.add(Keys.pair("RSA", "512").getPublic());
        assertThat(refused)
                .allSatisfy(key -> assertThat(VerificationKey.of(key)).isEmpty());
    }
}

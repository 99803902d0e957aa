package dev.muster.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Key;
import dev.muster.core.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sealed form, and who can open it. */
final class SealerTest {

    private static final Key KEY = Key.of("/registry/secrets/default/token");
    private static final byte[] PLAIN = "the plain value".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static byte[] secret(int length, int seed) {
        var secret = new byte[length];
        new Random(seed).nextBytes(secret);
        return secret;
    }

    private static AesGcm gcm(String name, int seed) {
        return new AesGcm(name, secret(32, seed), RANDOM);
    }

    private static Sealer sealer(Provider... providers) {
        return new Sealer(List.of(providers));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void theSealedFormIsKubernetesPrefixNonceCiphertextAndTag(int keyLength) throws Exception {
        byte[] secret = secret(keyLength, 1);
        byte[] stored = sealer(new AesGcm("key1", secret, RANDOM)).seal(KEY, PLAIN);
        byte[] prefix = "k8s:enc:aesgcm:v1:key1:".getBytes(StandardCharsets.US_ASCII);
        assertThat(stored).startsWith(prefix).hasSize(prefix.length + 12 + PLAIN.length + 16);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(secret, "AES"),
                new GCMParameterSpec(128, stored, prefix.length, 12));
        cipher.updateAAD("/registry/secrets/default/token".getBytes(StandardCharsets.UTF_8));
        assertThat(cipher.doFinal(stored, prefix.length + 12, stored.length - prefix.length - 12))
                .isEqualTo(PLAIN);
    }

    @Test
    void aValueSealedElsewhereByTheSameFormatIsOpened() {
        // AES-256-GCM over "the plain value" with the key 00..1f and the nonce 00..0b, made with another
        // implementation.
        var secret = new byte[32];
        for (int i = 0; i < 32; i++) {
            secret[i] = (byte) i;
        }
        byte[] sealed = HexFormat.of().parseHex("000102030405060708090a0b" + VECTOR);
        byte[] prefix = "k8s:enc:aesgcm:v1:old:".getBytes(StandardCharsets.US_ASCII);
        byte[] stored = Arrays.copyOf(prefix, prefix.length + sealed.length);
        System.arraycopy(sealed, 0, stored, prefix.length, sealed.length);
        assertThat(sealer(new AesGcm("old", secret, RANDOM)).open(KEY, stored)).isEqualTo(PLAIN);
    }

    private static final String VECTOR = "336ab33bb589a372e361e1eadd9c1dee489e3d3aba402e283f1b231f80d7ab";

    @Test
    void theSameValueIsSealedDifferentlyEachTime() {
        Sealer sealer = sealer(gcm("a", 1));
        assertThat(sealer.seal(KEY, PLAIN)).isNotEqualTo(sealer.seal(KEY, PLAIN));
    }

    @Test
    void anEmptyValueCanBeSealed() {
        Sealer sealer = sealer(gcm("a", 1));
        assertThat(sealer.open(KEY, sealer.seal(KEY, new byte[0]))).isEmpty();
    }

    @Test
    void aValueMovedToAnotherKeyIsRefused() {
        Sealer sealer = sealer(gcm("a", 1));
        byte[] stored = sealer.seal(KEY, PLAIN);
        assertThatThrownBy(() -> sealer.open(Key.of("/registry/secrets/default/other"), stored))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("/registry/secrets/default/other")
                .hasMessageContaining("provider aesgcm, key a")
                .hasMessageContaining("moved");
    }

    @Test
    void aMissingKeyIsNamed() {
        byte[] stored = sealer(gcm("gone", 1)).seal(KEY, PLAIN);
        assertThatThrownBy(() -> sealer(gcm("other", 2), new Identity()).open(KEY, stored))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("provider aesgcm, key gone")
                .hasMessageContaining("does not have");
    }

    @Test
    void aKeyOfTheSameNameButAnotherSecretIsRefused() {
        byte[] stored = sealer(gcm("a", 1)).seal(KEY, PLAIN);
        assertThatThrownBy(() -> sealer(gcm("a", 2)).open(KEY, stored)).isInstanceOf(StoreException.class);
    }

    @Test
    void theFirstKeyWritesAndAllRead() {
        Sealer before = sealer(gcm("a", 1));
        byte[] old = before.seal(KEY, PLAIN);
        Sealer rotated = sealer(gcm("b", 2), gcm("a", 1));
        assertThat(rotated.open(KEY, old)).isEqualTo(PLAIN);
        assertThat(rotated.isCurrent(old)).isFalse();
        byte[] fresh = rotated.seal(KEY, PLAIN);
        assertThat(new String(fresh, StandardCharsets.ISO_8859_1)).startsWith("k8s:enc:aesgcm:v1:b:");
        assertThat(rotated.isCurrent(fresh)).isTrue();
        assertThatThrownBy(() -> before.open(KEY, fresh)).isInstanceOf(StoreException.class);
    }

    @Test
    void twoKeysOfOneNameAreBothTried() {
        byte[] old = sealer(gcm("a", 1)).seal(KEY, PLAIN);
        assertThat(sealer(gcm("a", 2), gcm("a", 1)).open(KEY, old)).isEqualTo(PLAIN);
    }

    @Test
    void plainValuesAreReadOnlyWhereIdentityIsNamed() {
        assertThat(sealer(gcm("a", 1), new Identity()).open(KEY, PLAIN)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> sealer(gcm("a", 1)).open(KEY, PLAIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no key at all");
    }

    @Test
    void identityFirstWritesPlainAndStillReadsWhatIsSealed() {
        byte[] sealed = sealer(gcm("a", 1)).seal(KEY, PLAIN);
        Sealer sealer = sealer(new Identity(), gcm("a", 1));
        assertThat(sealer.open(KEY, sealed)).isEqualTo(PLAIN);
        assertThat(sealer.seal(KEY, PLAIN)).isEqualTo(PLAIN);
        assertThat(sealer.isCurrent(PLAIN)).isTrue();
        assertThat(sealer.isCurrent(sealed)).isFalse();
    }

    @Test
    void identityNeverHandsOutSealedBytes() {
        byte[] sealed = sealer(gcm("a", 1)).seal(KEY, PLAIN);
        assertThatThrownBy(() -> sealer(new Identity()).open(KEY, sealed)).isInstanceOf(StoreException.class);
    }

    @Test
    void aWornOutKeySealsNoMore() {
        Sealer sealer = sealer(new AesGcm("a", secret(32, 1), RANDOM, AesGcm.MOST_SEALS - 1));
        assertThatCode(() -> sealer.seal(KEY, PLAIN)).doesNotThrowAnyException();
        assertThat(sealer.seals()).isEqualTo(1L << 32);
        assertThatThrownBy(() -> sealer.seal(KEY, PLAIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("worn out");
    }

    @Test
    void everyChangedByteIsNoticed() {
        Sealer sealer = sealer(gcm("a", 1));
        byte[] stored = sealer.seal(KEY, PLAIN);
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(KEY, changed)).isInstanceOf(StoreException.class);
        }
        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> sealer.open(KEY, cut)).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void whateverIsStoredOpensOrIsAStoreException() {
        var random = new Random(5);
        Sealer sealer = sealer(gcm("a", 1), gcm("b", 2), new Identity());
        byte[] good = sealer.seal(KEY, PLAIN);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 40));
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                byte[] opened = sealer.open(KEY, bytes);
                boolean sealed = new String(bytes, StandardCharsets.ISO_8859_1).startsWith("k8s:enc:");
                assertThat(opened).isEqualTo(sealed ? PLAIN : bytes);
            } catch (StoreException e) {
                assertThat(e.getMessage()).doesNotContain("plain value").isPrintable();
            }
        }
    }
}

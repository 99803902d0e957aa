package dev.muster.crypto.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {

    private final KeyedDigest digest = KeyedDigest.underNewKey(new SecureRandom());

    @Test
    void theSameInputsGiveTheSameKeyUnderOneDigestAndAnotherUnderAnother() {
        assertThat(digest.of("t", List.of("a"))).isEqualTo(digest.of("t", List.of("a")));
        assertThat(KeyedDigest.underNewKey(new SecureRandom()).of("t", List.of("a")))
                .isNotEqualTo(digest.of("t", List.of("a")));
    }

    @Test
    void noTwoInputsRunTogetherIntoOne() {
        var all = List.of(
                digest.of("ab", List.of()),
                digest.of("a", List.of("b")),
                digest.of("", List.of("ab")),
                digest.of("", List.of("a", "b")),
                digest.of("", List.of("b", "a")),
                digest.of("ab", List.of("")),
                digest.of("ab\0\0\0\0", List.of()));
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }
}

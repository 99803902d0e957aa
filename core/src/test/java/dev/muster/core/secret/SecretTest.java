package dev.muster.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void aSecretNeverPrintsItself() {
        var secret = Secret.of("hunter2");
        assertThat(secret.toString()).isEqualTo("[secret]");
        assertThat("" + secret + String.format("%s", secret)).doesNotContain("hunter2");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void secretsAreEqualByTheirTextAndHashAlikeWhateverItIs() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
        assertThat(Secret.of("a").equals("a")).isFalse();
    }
}

package dev.muster.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.core.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinueTokenTest {

    private static final Key PREFIX = Key.of("/registry/core/secrets/default/");

    @Test
    void aTokenReadsBackToWhatItWasMadeOf() {
        var token = new ContinueToken(42, Key.of("/registry/core/secrets/default/b"));
        assertThat(ContinueToken.decode(token.encode(PREFIX), PREFIX)).isEqualTo(token);
    }

    @Test
    void aTokenHasKubernetesForm() {
        var text = new ContinueToken(42, Key.of("/registry/core/secrets/default/b")).encode(PREFIX);
        assertThat(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8))
                .isEqualTo("{\"v\":\"meta.k8s.io/v1\",\"rv\":42,\"start\":\"b\\u0000\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "7",
                "{\"v\":\"meta.k8s.io/v2\",\"rv\":1,\"start\":\"a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":0,\"start\":\"a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":\"1\",\"start\":\"a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1e40,\"start\":\"a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"../kube-system/a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"/a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a//b\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"./a\\u0000\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a\\u0000b\\u0000\"}",
            })
    void whatIsNoTokenIs400(String json) {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ContinueToken.decode(text, PREFIX))
                .isInstanceOfSatisfying(StatusException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(400);
                    assertThat(e.status().message()).startsWith("invalid continue token: continue key is not valid");
                });
    }

    @Test
    void whateverATokenSaysItStaysBelowItsPrefix() {
        var random = new Random(11);
        var good = new ContinueToken(42, Key.of("/registry/core/secrets/default/name")).encode(PREFIX);
        for (int i = 0; i < 200_000; i++) {
            String text = i % 2 == 0 ? mutateText(good, random) : mutateJson(random);
            try {
                var token = ContinueToken.decode(text, PREFIX);
                assertThat(token.after().startsWith(PREFIX)).isTrue();
                assertThat(token.after().path()).doesNotContain("/../", "//", "/./");
            } catch (StatusException e) {
                assertThat(e.status().code()).isEqualTo(400);
            }
        }
    }

    private static String mutateText(String good, Random random) {
        var text = new StringBuilder(good);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
        }
        return text.toString();
    }

    private static String mutateJson(Random random) {
        String pieces = "/.a\u0000%é";
        var start = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            start.append(pieces.charAt(random.nextInt(pieces.length())));
        }
        String json = "{\"v\":\"meta.k8s.io/v1\",\"rv\":" + random.nextInt(-2, 3) + ",\"start\":\""
                + start.toString().replace("\0", "\\u0000") + "\\u0000\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

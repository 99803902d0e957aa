package dev.muster.authn.requestheader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderTextTest {

    private static final String ALPHABET = "ab%%%%0123456789cdefzé+./-";

    /** The JDK's decoder of forms, but for plus; it throws for malformed escapes and replaces what is no UTF-8. */
    private static String byTheJdk(String key) {
        try {
            String text = URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean odd = text.indexOf('\ufffd') >= 0 || text.chars().anyMatch(Character::isISOControl);
            return odd ? key : text;
        } catch (IllegalArgumentException _) {
            return key;
        }
    }

    @Test
    void keysAreUnescapedAsTheJdkUnescapes() {
        var random = new Random(11);
        int changed = 0;
        for (int i = 0; i < 200_000; i++) {
            var key = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            String unescaped = HeaderText.unescaped(key.toString());
            if (key.indexOf("é") < 0 && key.indexOf("%-") < 0 && key.indexOf("%+") < 0) {
                assertThat(unescaped).as("%s", key).isEqualTo(byTheJdk(key.toString()));
            }
            changed += unescaped.contentEquals(key) ? 0 : 1;
        }
        assertThat(changed).as("keys that had something to undo").isGreaterThan(1000);
    }
}

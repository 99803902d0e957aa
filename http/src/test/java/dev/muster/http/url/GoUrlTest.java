package dev.muster.http.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as Go's net/url takes them apart. */
class GoUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://user:pass@example.com:80/path?query=val#fragment | https | true  | example.com:80 | example.com | 80   | /path
                    https://example.com                                      | https | false | example.com    | example.com | ''   | ''
                    HTTPS://[::1]:80/                                        | https | false | [::1]:80       | ::1         | 80   | /
                    https://[::1]/                                           | https | false | [::1]          | ::1         | ''   | /
                    /absolute-path                                           | ''    | false | ''             | ''          | ''   | /absolute-path
                    https://example.com/path with spaces/                    | https | false | example.com    | example.com | ''   | /path%20with%20spaces/
                    https://a@b@c/                                           | https | true  | c              | c           | ''   | /
                    https://example.com:/                                    | https | false | example.com:   | example.com | ''   | /
                    """)
    void areTakenApart(
            String text, String scheme, boolean userInfo, String host, String hostname, String port, String path)
            throws MalformedUrl {
        var url = GoUrl.parse(text);

        assertThat(List.of(url.scheme(), url.host(), url.hostname(), url.port(), url.path()))
                .containsExactly(scheme, host, hostname, port, path);
        assertThat(url.userInfo()).isEqualTo(userInfo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    :foo              | missing protocol scheme
                    https://a:b:c/    | invalid port ":c" after host
                    https://a b/      | invalid character " " in host name
                    https://a/%zz     | invalid URL escape "%zz"
                    https://a/%4      | invalid URL escape "%4"
                    https://[::1      | missing ']' in host
                    1:b/d             | first path segment in URL cannot contain colon
                    """)
    void areRefusedInGosWords(String text, String why) {
        assertThatThrownBy(() -> GoUrl.parse(text))
                .isInstanceOf(MalformedUrl.class)
                .hasMessage(why);
    }

    @Test
    void controlCharactersAreRefused() {
        assertThatThrownBy(() -> GoUrl.parse("https://a/\n")).hasMessage("net/url: invalid control character in URL");
    }

    @Test
    void aRequestNeedsAnAbsoluteUrlOrPath() throws MalformedUrl {
        assertThatThrownBy(() -> GoUrl.parseRequest("../relative-path")).hasMessage("invalid URI for request");
        assertThatThrownBy(() -> GoUrl.parseRequest("")).hasMessage("empty url");
        assertThat(GoUrl.parseRequest("/path").path()).isEqualTo("/path");
    }

    @Test
    void queriesAreUnescapedAndWhatCannotBeIsLeftOut() throws MalformedUrl {
        assertThat(GoUrl.parse("https://a/?k1=a&k2=b&k2=c%20d&e+f=g+h&x;y=1&z=%q")
                        .queryValues())
                .containsEntry("k2", List.of("b", "c d"))
                .containsEntry("e f", List.of("g h"))
                .doesNotContainKeys("x;y", "z");
    }

    @Test
    void garbageIsRefusedOrTakenApartAndNeverThrowsAnythingElse() {
        var random = new Random(3);
        String signs = "https://[]:@?#%/ab0.\\ \t\u00e9\ud800&=+;";
        int good = 0;
        for (int i = 0; i < 50_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var text = new StringBuilder(random.nextBoolean() ? "https://" : "");
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                var url = GoUrl.parse(text.toString());
                assertThat(url.hostname() + url.port() + url.queryValues()).isNotNull();
                good++;
            } catch (MalformedUrl e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(good).isPositive();
    }
}

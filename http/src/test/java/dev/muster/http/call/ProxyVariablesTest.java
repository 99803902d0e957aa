package dev.muster.http.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "'', https://issuer.example/x, true",
        "*, https://issuer.example/x, false",
        "issuer.example, https://issuer.example/x, false",
        "issuer.example, https://sub.issuer.example/x, false",
        "issuer.example, https://notissuer.example/x, true",
        ".issuer.example, https://sub.issuer.example/x, false",
        ".issuer.example, https://issuer.example/x, true",
        "*.issuer.example, https://sub.issuer.example/x, false",
        "ISSUER.example, https://Issuer.Example/x, false",
        "issuer.example:8443, https://issuer.example:8443/x, false",
        "issuer.example:8443, https://issuer.example/x, true",
        "issuer.example:443, https://issuer.example/x, false",
        "10.0.0.0/8, https://10.1.2.3/x, false",
        "10.0.0.0/8, https://11.1.2.3/x, true",
        "10.1.2.3, https://10.1.2.3/x, false",
        "10.1.2.3:443, https://10.1.2.3/x, false",
        "10.1.2.3:444, https://10.1.2.3/x, true",
        "10.1.2.128/25, https://10.1.2.127/x, true",
        "10.1.2.128/25, https://10.1.2.200/x, false",
        "fd00::/8, https://[fd12::1]/x, false",
        "fd00::/8, https://[fe80::1]/x, true",
        "'a.example, b.example ,c.example', https://b.example/, false",
        "'', https://localhost/x, false",
        "'', https://127.0.0.1/x, false",
        "'', https://127.9.9.9/x, false",
        "'', https://[::1]/x, false"
    })
    void isAskedForAllButTheExceptions(String exceptions, String url, boolean proxied) {
        var variables = ProxyVariables.of(Map.of("HTTPS_PROXY", "http://127.0.0.1:3128", "NO_PROXY", exceptions));
        assertThat(variables.select(URI.create(url)).getFirst().type())
                .isEqualTo(proxied ? Proxy.Type.HTTP : Proxy.Type.DIRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:3128", "http://127.0.0.1:3128", "http://127.0.0.1:3128/"})
    void canBeWrittenInSeveralWays(String value) {
        var variables = ProxyVariables.of(Map.of("https_proxy", value));
        assertThat(variables
                        .select(URI.create("https://issuer.example/"))
                        .getFirst()
                        .address())
                .hasToString("/127.0.0.1:3128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:3128",
                "socks5://127.0.0.1",
                "http://me:s3cret@127.0.0.1:3128",
                "http://",
                "a b"
            })
    void thatCannotBeUsedIsRefusedWithoutShowingIt(String value) {
        assertThatThrownBy(() -> ProxyVariables.of(Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY: ")
                .hasMessageNotContaining("s3cret");
    }
}

package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAccountOptionsTest {

    private static ApiserverOptions options(String... arguments) {
        Flags flags = ApiserverFlags.all().parse(List.of(arguments));
        var options = ApiserverOptions.from(flags, Map.of("HOME", "/home/x"));
        assertThat(flags.problems()).isEmpty();
        return options;
    }

    @Test
    void theIssuersAreTheAudiencesUnlessOthersAreNamed() {
        assertThat(options().serviceAccounts().issuers()).containsExactly(ServiceAccountOptions.DEFAULT_ISSUER);
        assertThat(options().authentication().audiences()).containsExactly(ServiceAccountOptions.DEFAULT_ISSUER);
        var two = options("--service-account-issuer=https://new", "--service-account-issuer=https://old,x");
        assertThat(two.serviceAccounts().issuers()).containsExactly("https://new", "https://old,x");
        assertThat(two.authentication().audiences()).containsExactly("https://new", "https://old,x");
        assertThat(options("--api-audiences=a,b").authentication().audiences()).containsExactly("a", "b");
    }

    @Test
    void livesAreUnlimitedUnlessLimited() {
        assertThat(options().serviceAccounts().longest()).isEmpty();
        assertThat(options("--service-account-max-token-expiration=2h")
                        .serviceAccounts()
                        .longest())
                .contains(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example,true",
        "https://a.example/path,true",
        "http://a.example,false",
        "https://a.example?q=1,false",
        "https://a.example#f,false",
        "plain,false"
    })
    void onlyAnHttpsUrlCanBeDiscovered(String issuer, boolean discoverable) {
        assertThat(options("--service-account-issuer=" + issuer)
                        .serviceAccounts()
                        .isDiscoverable())
                .isEqualTo(discoverable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--service-account-issuer=|--service-account-issuer",
                "--service-account-issuer=a b:c|--service-account-issuer",
                "--service-account-key-file=/no/such|--service-account-key-file",
                "--service-account-signing-key-file=/no/such|--service-account-signing-key-file",
                "--service-account-max-token-expiration=59m|--service-account-max-token-expiration",
                "--service-account-max-token-expiration=-1h|--service-account-max-token-expiration",
                "--service-account-max-token-expiration=1200000h|--service-account-max-token-expiration",
                "--service-account-jwks-uri=http://a/keys|--service-account-jwks-uri",
                "--service-account-lookup=perhaps|--service-account-lookup"
            })
    void whatCannotBeIsRefusedByItsName(String argument, String flag) {
        Flags flags = ApiserverFlags.all().parse(List.of(argument));
        ApiserverOptions.from(flags, Map.of("HOME", "/home/x"));
        assertThat(flags.problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(flag + ": ");
    }
}

package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.jose.JwsAlgorithm;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcOptionsTest {

    private static final String URL = "--oidc-issuer-url=https://issuer.example";
    private static final String CLIENT = "--oidc-client-id=kubernetes";

    @TempDir
    Path folder;

    private static Flags parse(String... arguments) {
        return ApiserverFlags.all().parse(List.of(arguments));
    }

    private static OidcOptions options(String... arguments) {
        Flags flags = parse(arguments);
        var options = ApiserverOptions.from(flags, Map.of()).authentication().oidc();
        assertThat(flags.problems()).isEmpty();
        return options;
    }

    private static List<String> problems(String... arguments) {
        Flags flags = parse(arguments);
        ApiserverOptions.from(flags, Map.of());
        return flags.problems().stream().map(Problem::toString).toList();
    }

    private static List<String> with(String... more) {
        var all = new ArrayList<>(List.of(URL, CLIENT));
        all.addAll(List.of(more));
        return problems(all.toArray(String[]::new));
    }

    @Test
    void withoutFlagsThereIsNoIssuer() {
        assertThat(options().issuer()).isEmpty();
    }

    @Test
    void whatIsNotSaidIsAsInKubernetes() {
        var issuer = options(URL, CLIENT).issuer().orElseThrow();
        assertThat(issuer.rules().username()).isEqualTo("sub");
        assertThat(issuer.rules().usernamePrefix()).isEqualTo("https://issuer.example#");
        assertThat(issuer.rules().groups()).isEqualTo(Optional.empty());
        assertThat(issuer.algorithms()).containsExactly(JwsAlgorithm.RS256);
        assertThat(options(URL, CLIENT).trust().systemNames()).isFalse();
    }

    @Test
    void whatIsSaidIsTaken() {
        var issuer = options(
                        URL,
                        CLIENT,
                        "--oidc-username-claim=email",
                        "--oidc-groups-claim=roles",
                        "--oidc-groups-prefix=g:",
                        "--oidc-signing-algs=ES256,PS512",
                        "--oidc-required-claim=hd=example.com,org",
                        "--oidc-required-claim=empty=")
                .issuer()
                .orElseThrow();
        assertThat(issuer.rules().usernamePrefix()).isEmpty();
        assertThat(issuer.rules().groups()).contains("roles");
        assertThat(issuer.algorithms()).containsExactlyInAnyOrder(JwsAlgorithm.ES256, JwsAlgorithm.PS512);
        assertThat(issuer.rules().required()).isEqualTo(Map.of("hd", "example.com,org", "empty", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--oidc-issuer-url=http://issuer.example | URL scheme must be https",
                "--oidc-issuer-url=https://u:p@issuer.example | URL must not contain a username or password",
                "--oidc-issuer-url=https://issuer.example?a=b | URL must not contain a query",
                "--oidc-issuer-url=https://issuer.example#a | URL must not contain a fragment",
                "--oidc-issuer-url=https:// | --oidc-issuer-url",
                "--oidc-issuer-url=https://kubernetes.default.svc.cluster.local | must not overlap with disallowed issuers",
                "--oidc-signing-algs=HS256 | unsupported signing alg: \"HS256\"",
                "--oidc-signing-algs=none | unsupported signing alg: \"none\"",
                "--oidc-signing-algs=rs256 | unsupported signing alg: \"rs256\"",
                "--oidc-signing-algs= | at least one algorithm",
                "--oidc-username-claim= | Required value",
                "--oidc-required-claim=hd | malformed pair \"hd\", expect string=string",
                "--oidc-required-claim==x | malformed pair",
                "--oidc-ca-file=/nowhere/ca.pem | open /nowhere/ca.pem: no such file",
                "--oidc-username-prefix=system: | names that begin with system: are Kubernetes' own",
                "--oidc-groups-prefix=g: | a prefix of groups without a claim",
                "--jwt-claims-endpoint=http://x/ | URL scheme must be https",
                "--jwt-claims-endpoint=https://x | end it with a slash",
                "--oidc-isuer-url=x | unknown flag"
            })
    void aBadValueIsRefusedByTheNameOfItsFlag(String flag, String says) {
        assertThat(with(flag))
                .singleElement()
                .asString()
                .contains(says)
                .startsWith(flag.substring(0, flag.indexOf('=')));
    }

    @Test
    void issuerAndClientBelongTogether() {
        String says = "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set";
        assertThat(problems(URL)).singleElement().asString().contains("--oidc-client-id", says);
        assertThat(problems(CLIENT)).singleElement().asString().contains("--oidc-issuer-url", says);
        assertThat(problems("--oidc-groups-claim=groups"))
                .singleElement()
                .asString()
                .contains(says);
    }

    @Test
    void aPrefixOfGroupsThatMakesAllOfThemSystemGroupsIsRefused() {
        assertThat(with("--oidc-groups-claim=groups", "--oidc-groups-prefix=system:x"))
                .singleElement()
                .asString()
                .contains("--oidc-groups-prefix", "names that begin with system: are Kubernetes' own");
    }

    @Test
    void oneClaimCannotHaveTwoValues() {
        assertThat(with("--oidc-required-claim=a=1", "--oidc-required-claim=a=2"))
                .singleElement()
                .asString()
                .contains("claim \"a\" cannot have two values");
    }

    @Test
    void flagsAndAFileExcludeEachOther() throws Exception {
        Path file = folder.resolve("authentication.yaml");
        Files.writeString(file, "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n");
        assertThat(with("--authentication-config=" + file))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("authentication-config file and oidc-* flags are mutually exclusive"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(problems(
                        "--oidc-issuer-url=http://u@x?y",
                        CLIENT,
                        "--oidc-signing-algs=none,HS512",
                        "--oidc-ca-file=/no"))
                .hasSize(6);
    }

    @Test
    void systemNamesCanBeAllowed() {
        assertThat(options(URL, CLIENT, "--jwt-allow-system-names", "--oidc-username-prefix=system:")
                        .trust()
                        .systemNames())
                .isTrue();
    }
}

package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiserverOptionsTest {

    @TempDir
    Path folder;

    private static Flags parse(String... arguments) {
        return ApiserverFlags.all().parse(List.of(arguments));
    }

    private static List<String> problems(String... arguments) {
        Flags flags = parse(arguments);
        ApiserverOptions.from(flags, Map.of("HOME", "/home/x"));
        return flags.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void defaultsListenOnLoopbackWithRbacAndAnonymous() {
        Flags flags = parse();
        ApiserverOptions options = ApiserverOptions.from(flags, Map.of("HOME", "/home/x"));

        assertThat(flags.problems()).isEmpty();
        assertThat(options.dataDir()).isEqualTo(Path.of("/home/x/.local/share/muster"));
        assertThat(options.serving().bind().isLoopbackAddress()).isTrue();
        assertThat(options.serving().port()).isEqualTo(6443);
        assertThat(options.authorization().modes()).containsExactly(AuthorizationMode.RBAC);
        assertThat(options.authentication().anonymous()).isEqualTo(new AnonymousOptions(true, List.of()));
    }

    @Test
    void bootstrapTokensAreOffUnlessAskedFor() {
        assertThat(ApiserverOptions.from(parse(), Map.of()).authentication().bootstrapTokens())
                .isFalse();
        assertThat(ApiserverOptions.from(parse("--enable-bootstrap-token-auth"), Map.of())
                        .authentication()
                        .bootstrapTokens())
                .isTrue();
        assertThat(problems("--enable-bootstrap-token-auth=maybe"))
                .containsExactly("--enable-bootstrap-token-auth: invalid boolean value \"maybe\"");
    }

    @Test
    void theHeartbeatOfRevocationsHasBoundsAndCannotBeSwitchedOff() {
        assertThat(ApiserverOptions.from(parse("--revocation-heartbeat=1m"), Map.of())
                        .authentication()
                        .revocationHeartbeat())
                .isEqualTo(Duration.ofMinutes(1));
        for (String bad : List.of("0s", "2s", "1h")) {
            assertThat(problems("--revocation-heartbeat=" + bad))
                    .containsExactly("--revocation-heartbeat: must be between 3s and 10m");
        }
    }

    @Test
    void admissionPluginsTakeKubernetesNames() {
        assertThat(problems(
                        "--enable-admission-plugins=NodeRestriction,PodSecurity,Nope",
                        "--disable-admission-plugins=PodSecurity,ResourceQuota,NodeRestriction"))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem)
                        .contains("[NodeRestriction, PodSecurity] in enable-admission-plugins and"
                                + " disable-admission-plugins overlapped"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("enable-admission-plugins plugin \"PodSecurity\" is not served by this version: "))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("enable-admission-plugins plugin \"Nope\" is unknown: there are "));
        assertThat(ApiserverOptions.from(
                                parse("--disable-admission-plugins=MutatingAdmissionWebhook,NodeRestriction"),
                                Map.of("HOME", "/h"))
                        .authorization()
                        .admissionPlugins())
                .contains("NamespaceLifecycle")
                .doesNotContain("NodeRestriction", "MutatingAdmissionWebhook");
    }

    @Test
    void xdgDataHomeIsHonoured() {
        ApiserverOptions options = ApiserverOptions.from(parse(), Map.of("HOME", "/h", "XDG_DATA_HOME", "/data"));

        assertThat(options.dataDir()).isEqualTo(Path.of("/data/muster"));
    }

    @Test
    void allProblemsAreReportedAtOnceEachWithItsFlag() {
        assertThat(problems(
                        "--bind-address=localhost",
                        "--client-ca-file=/does/not/exist",
                        "--tls-cert-file=" + folder,
                        "--authorization-mode=RBAC,RBAC,Webhook,Nope",
                        "extra"))
                .contains(
                        "--bind-address: invalid argument \"localhost\": must be an IP address",
                        "--client-ca-file: open /does/not/exist: no such file or directory",
                        "--tls-cert-file: open " + folder + ": not a readable file",
                        "--authorization-mode: authorization-mode \"RBAC\" has mode specified more than once",
                        "--authorization-mode: authorization-mode \"Webhook\" is not served by this version: Node, RBAC,"
                                + " AlwaysAllow, AlwaysDeny are",
                        "--authorization-mode: authorization-mode \"Nope\" is not a valid mode",
                        "\"extra\": unexpected argument: flags begin with --");
    }

    @Test
    void alwaysAllowTurnsAnUnsaidAnonymousOff() {
        assertThat(ApiserverOptions.from(parse("--authorization-mode=AlwaysAllow"), Map.of())
                        .authentication()
                        .anonymous()
                        .enabled())
                .isFalse();
        assertThat(ApiserverOptions.from(parse("--authorization-mode=AlwaysAllow", "--anonymous-auth=true"), Map.of())
                        .authentication()
                        .anonymous()
                        .enabled())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extensions/v1beta1/networkpolicies=true | --runtime-config: unknown api groups extensions
            authentication.k8s.io/v9=true | --runtime-config: group version authentication.k8s.io/v9 that has not been registered
            api/all=false | --runtime-config: invalid key with only api/all=false
            rbac.authorization.k8s.io/v1=perhaps | --runtime-config: invalid value of rbac.authorization.k8s.io/v1: "perhaps" (true or false)
            nonsense=true | --runtime-config: invalid key "nonsense": write group/version
            """)
    void runtimeConfigIsValidated(String value, String problem) {
        assertThat(problems("--runtime-config=" + value)).containsExactly(problem);
    }

    @Test
    void runtimeConfigSwitchesGroupVersionsTheSpecialOverTheGeneral() {
        RuntimeConfig config = ApiserverOptions.from(
                        parse("--runtime-config=api/beta=false,authentication.k8s.io/v1beta1=true"), Map.of())
                .runtimeConfig();

        assertThat(config.serves("authentication.k8s.io", "v1beta1")).isTrue();
        assertThat(config.serves("other", "v1beta1")).isFalse();
        assertThat(config.serves("", "v1")).isTrue();
    }

    @Test
    void anAuthenticationConfigurationGivesAnonymousConditions() throws Exception {
        Path file = Files.writeString(folder.resolve("authn.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                anonymous:
                  enabled: true
                  conditions:
                  - path: /healthz
                """);

        assertThat(ApiserverOptions.from(parse("--authentication-config=" + file), Map.of())
                        .authentication()
                        .anonymous())
                .isEqualTo(new AnonymousOptions(true, List.of("/healthz")));
    }

    @Test
    void anAuthenticationConfigurationIsRefusedWithAllItsFieldPaths() throws Exception {
        Path file = Files.writeString(folder.resolve("authn.yaml"), """
                apiVersion: apiserver.config.k8s.io/v7
                kind: AuthenticationConfiguration
                jwt: [{issuer: {url: "https://x"}}]
                surprise: 1
                anonymous:
                  enabled: false
                  conditions:
                  - path: healthz
                    verb: get
                """);

        assertThat(problems("--authentication-config=" + file))
                .extracting(p -> p.substring(0, p.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "apiVersion",
                        "jwt[0].issuer.audiences",
                        "jwt[0].claimMappings.username",
                        "surprise",
                        "anonymous.conditions[0].path",
                        "anonymous.conditions[0].verb",
                        "anonymous.conditions");
    }

    @Test
    void anAuthenticationConfigurationExcludesTheFlagsThatSayTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("authn.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                anonymous: {enabled: true}
                """);

        assertThat(problems(
                        "--authentication-config=" + file,
                        "--anonymous-auth=true",
                        "--oidc-issuer-url=https://example.com",
                        "--oidc-client-id=x"))
                .containsExactlyInAnyOrder(
                        "anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in"
                                + " authentication configuration file",
                        "--oidc-issuer-url: authentication-config file and oidc-* flags are mutually exclusive");
    }

    @Test
    void anIssuerOfServiceAccountsIsNoOtherIssuer() throws Exception {
        Path file = Files.writeString(folder.resolve("authn.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1beta1
                kind: AuthenticationConfiguration
                jwt:
                - issuer: {url: "https://kubernetes.default.svc.cluster.local", audiences: [a]}
                  claimMappings: {username: {claim: sub, prefix: ""}}
                """);

        assertThat(problems("--authentication-config=" + file))
                .containsExactly(
                        "jwt[0].issuer.url: Invalid value: \"https://kubernetes.default.svc.cluster.local\": URL must"
                                + " not overlap with disallowed issuers: [https://kubernetes.default.svc.cluster.local]");
    }
}

package dev.muster.server.bootstraptoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.server.bootstraptoken.NewToken.Terms;
import dev.muster.server.command.Terminal;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command decides before it asks a server; the rest is tried on real servers under {@code it/scripts}. */
class BootstrapTokenCommandTest {

    @TempDir
    Path folder;

    private record Said(int status, String text) {}

    private Said run(String... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), print, print, Map.of("XDG_DATA_HOME", folder.toString()));
        int status = new BootstrapTokenCommand(new ManualClock(), new SecureRandom())
                .run(Arrays.asList(arguments), terminal);
        return new Said(status, out.toString(StandardCharsets.UTF_8));
    }

    record Wrong(int status, String message, List<String> arguments) {}

    private static Wrong wrong(int status, String message, String... arguments) {
        return new Wrong(status, message, List.of(arguments));
    }

    static List<Wrong> wrong() {
        return List.of(
                wrong(2, "say create, list or delete"),
                wrong(2, "say create, list or delete", "make"),
                wrong(2, "unknown flag", "create", "--nope"),
                wrong(1, "--ttl: invalid duration \"soon\"", "create", "--ttl", "soon"),
                wrong(1, "--ttl: must be 0 (for ever), or from one second", "create", "--ttl=1ms"),
                wrong(1, "--ttl: must be 0 (for ever), or from one second", "create", "--ttl=1000000h"),
                wrong(1, "--usages: unsupported value \"Signing\"", "create", "--usages=Signing"),
                wrong(1, "--usages: a token has to be good for something", "create", "--usages="),
                wrong(1, "--groups: invalid value \"system:masters\"", "create", "--groups=system:masters"),
                wrong(1, "--groups: invalid value \" system:", "create", "--groups=system:bootstrappers:a, system:b"),
                wrong(1, "has no groups", "create", "--usages=signing", "--groups=system:bootstrappers:a"),
                wrong(1, "--print-join: who joins needs both", "create", "--usages=signing", "--print-join"),
                wrong(1, "--token-file: with --print", "create", "--print", "--token-file=x"),
                wrong(2, "name ids", "delete"),
                wrong(2, "name ids", "delete", "../../x"),
                wrong(2, "takes no words", "list", "x"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCallIsRefusedBeforeAnybodyIsAsked(Wrong call) throws Exception {
        Said said = run(call.arguments().toArray(String[]::new));
        assertThat(said.text()).contains(call.message());
        assertThat(said.status()).isEqualTo(call.status());
    }

    @Test
    void aTokenGivenWhereAnIdBelongsIsNotRepeated() throws Exception {
        for (String what : List.of("delete", "create", "list")) {
            Said said = run(what, "abcdef.0123456789abcdef");
            assertThat(said.status()).isEqualTo(2);
            assertThat(said.text()).doesNotContain("0123456789");
        }
    }

    @Test
    void newTokensAreOfTheRightFormAndNeverTheSame() {
        var seen = new HashSet<String>();
        var letters = new HashSet<Integer>();
        for (int i = 0; i < 1000; i++) {
            var token = NewToken.of(new SecureRandom());
            String whole = token.whole().reveal();
            assertThat(whole).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
            assertThat(seen.add(whole)).isTrue();
            whole.chars().forEach(letters::add);
        }
        assertThat(letters).hasSize(37);
    }

    @Test
    void theSecretSaysWhatTheFlagsSaid() {
        var token = NewToken.of(new SecureRandom());
        var end = Optional.of(ManualClock.START.plusSeconds(60));
        var terms = new Terms(List.of(Usage.AUTHENTICATION), List.of("system:bootstrappers:a"), "for rack 7", end);
        JsonNode data = token.object(terms).path("stringData");
        assertThat(data.toString())
                .contains("\"usage-bootstrap-authentication\":\"true\"")
                .contains("\"expiration\":\"2026-03-01T12:01:00Z\"")
                .contains("\"auth-extra-groups\":\"system:bootstrappers:a\"")
                .contains("\"description\":\"for rack 7\"")
                .doesNotContain("signing");
        assertThat(token.object(terms).at("/metadata/name").asText())
                .isEqualTo("bootstrap-token-" + data.path("token-id").asText());
        var forEver = token.object(new Terms(List.of(Usage.SIGNING), List.of(), "", Optional.empty()));
        assertThat(forEver.path("stringData").has("expiration")).isFalse();
        assertThat(forEver.path("type").asText()).isEqualTo(BootstrapToken.TYPE);
    }

    @Test
    void theHashIsOfThePublicKeyAsItStandsInTheCertificate() throws Exception {
        var one = TestCa.root("one").certificate();
        var two = TestCa.root("two").certificate();
        String pem = dev.muster.crypto.x509.Pem.write(List.of(one, two));
        String expected = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(one.getPublicKey().getEncoded()));
        assertThat(Joining.hashes(pem)).hasSize(2).first().isEqualTo("sha256:" + expected);
    }

    @Test
    void whatToTypeSurvivesAShell() {
        assertThat(Joining.quoted(Path.of("/a/b-1"))).isEqualTo("/a/b-1");
        assertThat(Joining.quoted(Path.of("/a b/$(x)'y"))).isEqualTo("'/a b/$(x)'\\''y'");
        var joining = new Joining("https://[::1]:6443", "\"$(cat /t)\"", List.of("sha256:00", "sha256:11"));
        assertThat(joining.lines())
                .contains("kubeadm join [::1]:6443 --token \"$(cat /t)\" --discovery-token-ca-cert-hash sha256:00"
                        + " --discovery-token-ca-cert-hash sha256:11");
    }

    @Test
    void aListHoldsNoSecretAndNothingThatMovesTheCursor() throws Exception {
        JsonNode items = new ObjectMapper().readTree("""
                [{"type":"bootstrap.kubernetes.io/token","metadata":{"name":"bootstrap-token-abcdef"},"data":{
                "token-id":"YWJjZGVm","token-secret":"MDEyMzQ1Njc4OWFiY2RlZg==","description":"G1szMW1yZWQK",
                "expiration":"MjAyNi0wMy0wMVQxNDozMDowMFo=","usage-bootstrap-signing":"dHJ1ZQ=="}},
                {"type":"bootstrap.kubernetes.io/token","metadata":{"name":"bootstrap-token-ghijkl"},"data":{
                "token-id":"Z2hpamts","expiration":"eA==","auth-extra-groups":"c3lzdGVtOm1hc3RlcnM="}},
                {"type":"Opaque","metadata":{"name":"other"},"data":{}}, 7]""");
        assertThat(Listing.table(items, ManualClock.START))
                .containsExactly(
                        "ID       TTL      EXPIRES                USAGES    EXTRA GROUPS   DESCRIPTION",
                        "abcdef   2h       2026-03-01T14:30:00Z   signing   <none>         ?[31mred?",
                        "ghijkl   <over>   <unreadable>           <none>    <refused>      <none>");
    }
}

package dev.muster.server.whois;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.pki.AdminKubeconfig;
import dev.muster.server.pki.OwnAuthority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhoisCommandTest {

    @TempDir
    Path folder;

    private OwnAuthority authority;
    private Path data;

    private record Said(int status, String text) {}

    @BeforeEach
    void anAuthority() throws Exception {
        data = folder.resolve("data");
        authority = OwnAuthority.open(DataDir.open(data), InstantSource.system(), new SecureRandom());
    }

    private Said whois(String standardInput, String... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var in = new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8));
        var words = new java.util.ArrayList<>(List.of("--data-dir", data.toString()));
        words.addAll(List.of(arguments));
        int status = new WhoisCommand().run(words, new Terminal(in, print, print, Map.of()));
        return new Said(status, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aKubeconfigWithACertificateIsItsSubject() throws Exception {
        Path file = folder.resolve("john.kubeconfig");
        var john = authority.client("john", List.of("admins", "users"), Duration.ofDays(10));
        AdminKubeconfig.write(file, "https://x", "ca", "john", john);

        Said said = whois("", file.toString());

        assertThat(said.status()).isZero();
        assertThat(said.text())
                .contains("User:           john")
                .contains("Groups:         admins, users, system:authenticated")
                .contains("(in 9 days)")
                .contains("Authenticator:  x509, by CN=muster-ca")
                .contains("Accepted:       yes");
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsSaidToBeRefused() throws Exception {
        OwnAuthority other =
                OwnAuthority.open(DataDir.open(folder.resolve("other")), InstantSource.system(), new SecureRandom());
        Path file = folder.resolve("eve.crt");
        Files.writeString(
                file,
                other.client("eve", List.of("system:masters"), Duration.ofDays(1))
                        .certificatePem());

        Said said = whois("", file.toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).contains("User:           eve").contains("none would take it");
    }

    @Test
    void aTokenFromStandardInputIsFoundInTheTokenFileAndNotRepeated() throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), "s3cr3t-t0ken,jane,uid-1,\"developers,users\"\n");

        Said said = whois("s3cr3t-t0ken\n", "--token-auth-file", tokens.toString(), "-");

        assertThat(said.status()).isZero();
        assertThat(said.text())
                .contains("User:           jane")
                .contains("UID:            uid-1")
                .contains("token file")
                .doesNotContain("s3cr3t");
    }

    @Test
    void aTokenNobodyKnowsIsSaidToBeRefused() throws Exception {
        assertThat(whois("", "unknown-token").status()).isEqualTo(1);
    }

    @Test
    void aJwtSaysWhoItClaimsToBeAndThatNothingIsVerified() throws Exception {
        String claims = "{\"iss\":\"https://issuer\",\"sub\":\"mmosley\",\"exp\":1476969960}";
        String jwt = "e30." + base64(claims) + ".c2ln";

        assertThat(whois(jwt, "-").text())
                .contains("mmosley of https://issuer (not verified)")
                .contains("expired");
    }

    @Test
    void anExecPluginIsNamedAndNotRun() throws Exception {
        Path proof = folder.resolve("ran");
        Path file = Files.writeString(folder.resolve("k"), """
                kind: Config
                current-context: c
                contexts: [{name: c, context: {user: u, cluster: k}}]
                users: [{name: u, user: {exec: {command: touch, args: ["%s"]}}}]
                """.formatted(proof));

        assertThat(whois("", file.toString()).text()).contains("Command:        touch");
        assertThat(proof).doesNotExist();
    }

    @Test
    void aNameThatWouldForgeLinesIsShownEscaped() throws Exception {
        Path file = folder.resolve("forger.crt");
        Files.writeString(
                file,
                authority
                        .client("x\nAccepted:       yes\u202e", List.of(), Duration.ofDays(1))
                        .certificatePem());

        assertThat(whois("", file.toString()).text())
                .contains("x\\u000aAccepted")
                .doesNotContain("\u202e");
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

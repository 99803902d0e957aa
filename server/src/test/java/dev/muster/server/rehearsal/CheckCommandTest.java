package dev.muster.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.Pem;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code muster check} says of files and tokens. */
class CheckCommandTest {

    private static final SigningKey KEY = SigningKey.rsa("first");

    @TempDir
    static Path folder;

    private static TestIssuer issuer;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        issuer = TestIssuer.start(KEY);
        file = write(issuer.url());
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static Path write(String url) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "authn", ".yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                jwt:
                - issuer:
                    url: %s
                    audiences: [kubernetes]
                    certificateAuthority: |
                %s
                  claimValidationRules:
                  - {claim: tenant, requiredValue: acme}
                  - {expression: "claims.level > 2", message: too low}
                  claimMappings:
                    username: {expression: "'p:' + claims.sub"}
                    groups: {claim: groups, prefix: "g:"}
                  userValidationRules:
                  - {expression: "user.username != 'p:mallory'", message: not mallory}
                """.formatted(
                        url, Pem.write(List.of(issuer.authority())).indent(6)));
    }

    private static TestToken token() {
        return issuer.token("kubernetes", Instant.now())
                .text("sub", "jane")
                .text("tenant", "acme")
                .with("level", "3")
                .with("groups", "[\"dev\"]");
    }

    private record Answer(int status, String out, String err) {}

    private static Answer check(String input, String... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        int status = new CheckCommand().run(List.of(arguments), terminal);
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Answer rehearse(String token, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--authentication-config=" + file, "-"));
        arguments.addAll(List.of(more));
        var answer = check(token + "\n", arguments.toArray(String[]::new));
        assertThat(answer.out() + answer.err())
                .doesNotContain(token)
                .doesNotContain(token.substring(token.lastIndexOf('.')));
        return answer;
    }

    @Test
    void aGoodFileIsGoodAlone() throws Exception {
        var answer = check("", "--authentication-config=" + file);

        assertThat(answer.status()).isEqualTo(Command.OK);
        assertThat(answer.out()).contains("good; 1 issuer, anonymous requests as --anonymous-auth says");
    }

    @Test
    void everythingWrongWithAFileIsSaid() throws Exception {
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"),
                Files.readString(file)
                        .replace("claims.level > 2", "claims.level")
                        .replace(", prefix: \"g:\"", ""));

        var answer = check("", "--authentication-config=" + bad);

        assertThat(answer.status()).isEqualTo(Command.FAILED);
        assertThat(answer.err())
                .contains(
                        "check: jwt[0].claimValidationRules[1].expression: Invalid value: \"claims.level\": must evaluate to bool")
                .contains("check: jwt[0].claimMappings.groups.prefix: Required value");
    }

    @Test
    void aGoodTokenIsRehearsedWithEveryVerdict() throws Exception {
        var answer = rehearse(token().text("jti", "t-1").signed(KEY));

        assertThat(answer.status()).as(answer.out()).isEqualTo(Command.OK);
        assertThat(answer.out())
                .contains("Signature:  verified by the issuer's keys")
                .contains("value jwt[0].claimMappings.username.expression: ''p:' + claims.sub'")
                .contains("= \"p:jane\"")
                .contains("holds jwt[0].claimValidationRules[0].claim: claim \"tenant\"")
                .contains("holds jwt[0].claimValidationRules[1].expression: 'claims.level > 2'")
                .contains("User:       \"p:jane\"")
                .contains("Groups:     \"g:dev\"")
                .contains("Extra:      authentication.kubernetes.io/credential-id=\"JTI=t-1\"")
                .contains("Result:     accepted");
    }

    @Test
    void everyRuleThatSaysNoIsShownAndTheFirstIsTheCause() throws Exception {
        var answer = rehearse(token().text("sub", "mallory").with("level", "1").signed(KEY));

        assertThat(answer.status()).isEqualTo(Command.FAILED);
        assertThat(answer.out())
                .contains("NO    jwt[0].claimValidationRules[1].expression")
                .contains("NO    jwt[0].userValidationRules[0].expression")
                .contains("Result:     refused: jwt[0].claimValidationRules[1].expression: validation expression"
                        + " 'claims.level > 2' failed: too low");
    }

    @Test
    void aForgedTokenIsRefusedForItsSignature() throws Exception {
        var answer = rehearse(
                token().signed(new SigningKey("first", SigningKey.rsa("other").pair(), "RS256")));

        assertThat(answer.status()).isEqualTo(Command.FAILED);
        assertThat(answer.out()).contains("Signature:  refused: UNTRUSTED").contains("Result:     refused: UNTRUSTED");
    }

    @Test
    void anExpiredTokenAndOneForOthersAreRefusedBeforeTheRules() throws Exception {
        var expired = rehearse(token().with("exp", "1700000000").signed(KEY));
        var foreign = rehearse(
                issuer.token("other", Instant.now()).text("sub", "jane").signed(KEY));

        assertThat(expired.status()).isEqualTo(Command.FAILED);
        assertThat(expired.out()).contains("Result:     refused: EXPIRED: token is expired");
        assertThat(foreign.out()).contains("Result:     refused: WRONG_PURPOSE: expected audience [\"kubernetes\"]");
    }

    @Test
    void anIssuerThatCannotBeAskedLeavesTheSignatureUnchecked() throws Exception {
        var answer = rehearse(token().signed(KEY), "--offline");

        assertThat(answer.status()).isEqualTo(Command.OK);
        assertThat(answer.out())
                .contains("Signature:  NOT CHECKED: --offline was given")
                .contains("User:       \"p:jane\"");
    }

    @Test
    void aSystemNameIsRefusedUnlessItIsAllowed() throws Exception {
        Path system = Files.writeString(
                folder.resolve("system.yaml"), Files.readString(file).replace("'p:' +", "'system:' +"));
        String token = token().signed(KEY);

        var refused = check(token, "--authentication-config=" + system, "--token-file=-");
        var allowed = check(token, "--authentication-config=" + system, "--token-file=-", "--jwt-allow-system-names");

        assertThat(refused.status()).isEqualTo(Command.FAILED);
        assertThat(refused.out()).contains("is one of Kubernetes' own");
        assertThat(allowed.status()).as(allowed.out()).isEqualTo(Command.OK);
    }

    @Test
    void garbageIsNoToken() throws Exception {
        assertThat(rehearse("not-a.to-ken").out())
                .contains("not a JSON web token")
                .contains("Result:     refused");
        assertThat(rehearse(issuer.token("kubernetes", Instant.now())
                                .with("iss", "\"https://evil\\u001b[31m\"")
                                .signed(KEY))
                        .out())
                .contains("names the issuer")
                .contains(issuer.url())
                .doesNotContain("\u001b");
    }

    @Test
    void wrongCallsAreUsageErrors() throws Exception {
        assertThat(check("").status()).isEqualTo(Command.USAGE);
        assertThat(check("", "--authentication-config=" + file, "--token=a", "--token-file=b")
                        .status())
                .isEqualTo(Command.USAGE);
        assertThat(check("", "--authentication-config=" + file, "word").status())
                .isEqualTo(Command.USAGE);
        assertThat(check("", "--authentication-config=" + folder.resolve("none"))
                        .status())
                .isEqualTo(Command.FAILED);
        assertThat(check("", "--authentication-config=" + file, "--token-file=" + folder.resolve("none"))
                        .err())
                .contains("no such file");
    }
}

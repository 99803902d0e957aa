package dev.muster.authn.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.oidc.Claims;
import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has no expression pays nothing for the library of expressions: watched in a process of its own. */
class LazyLibraryTest {

    /** Reads a configuration and judges claims by it. */
    static final class Reading {
        private Reading() {}

        public static void main(String[] arguments) {
            var read = AuthenticationConfiguration.read(
                    Configurations.entry(arguments[0]).getBytes(StandardCharsets.UTF_8),
                    new Surroundings(List.of(), IssuerSettings.Trust.ORDINARY, new Apart()));
            var rules = ((Read.Valid) read).configuration().issuers().getFirst().rules();
            System.out.println(rules.judge(Claims.of(Map.of("sub", "jane", "a", "b"))));
        }
    }

    private static List<String> loaded(String more) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        more)
                .redirectErrorStream(true)
                .start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        assertThat(lines).anyMatch(line -> line.contains("Accepted[user=User[name=jane"));
        return lines;
    }

    @Test
    void aConfigurationWithoutExpressionsLoadsNoClassOfIt() throws Exception {
        assertThat(loaded("claimValidationRules: [{claim: a, requiredValue: b}]"))
                .noneMatch(line ->
                        line.contains(" dev.cel.") || line.contains(" com.google.") || line.contains(" org.antlr."));
    }

    @Test
    void oneExpressionDoes() throws Exception {
        assertThat(loaded("claimValidationRules: [{expression: \"claims.a == 'b'\"}]"))
                .anyMatch(line -> line.contains(" dev.cel.runtime"));
    }
}

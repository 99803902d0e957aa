package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.oidc.Claims;
import dev.muster.authn.oidc.IssuerSettings.Trust;
import dev.muster.authn.structured.Apart;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import dev.muster.authn.structured.MappedRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of the documentation is good, and does what is said of it. */
class DocumentedConfigurationTest {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("authentication-configuration.md");

    @Test
    void theExampleOfTheDocumentationWorks() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(from, page.indexOf("```", from));
        try (var apart = new Apart()) {
            var read = AuthenticationConfiguration.read(
                    example.getBytes(StandardCharsets.UTF_8), new Surroundings(List.of(), Trust.ORDINARY, apart));

            assertThat(read).isInstanceOf(Read.Valid.class);
            var configuration = ((Read.Valid) read).configuration();
            assertThat(configuration.issuers()).hasSize(2);
            var rules = (MappedRules) configuration.issuers().getFirst().rules();
            var jane = Map.<String, Object>of(
                    "sub",
                    "7",
                    "tenant",
                    "acme",
                    "email",
                    "jane@example.com",
                    "email_verified",
                    true,
                    "nbf",
                    1_000_000_000L,
                    "exp",
                    1_000_003_600L,
                    "realm_access",
                    Map.of("roles", List.of("dev")),
                    "department",
                    "tools");
            var user = rules.rehearse(Claims.of(jane)).user().orElseThrow();
            assertThat(user.name()).isEqualTo("staff:jane@example.com");
            assertThat(user.groups()).containsExactly("staff:dev");
            assertThat(user.uid()).isEqualTo("7");
            assertThat(user.extra()).containsEntry("example.com/department", List.of("tools"));
        }
    }
}

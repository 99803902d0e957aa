package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.call.CallWatcher;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import dev.muster.testkit.issuer.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLifetimeTest {

    private record Case(String cacheControl, Duration lifetime) {}

    private static final List<Case> CASES = List.of(
            new Case("", Duration.ofMinutes(5)),
            new Case("public", Duration.ofMinutes(5)),
            new Case("max-age=120", Duration.ofMinutes(2)),
            new Case("public, max-age=86400", Duration.ofMinutes(5)),
            new Case("max-age=1", Duration.ofSeconds(30)),
            // as Keycloak
            new Case("no-cache", Duration.ofSeconds(30)),
            new Case("no-cache, must-revalidate, no-transform, no-store", Duration.ofSeconds(30)),
            new Case("no-cached-nonsense", Duration.ofMinutes(5)));

    @Test
    void keysAreReadAgainWhenTheirOwnerSaysSoButNeitherAllTheTimeNorNever() throws Exception {
        try (var world = new World();
                var client =
                        HttpsClient.of(List.of(world.issuer.authority()), ProxyVariables.none(), CallWatcher.NONE)) {
            var documents = new IssuerDocuments(world.settings(), client);
            for (Case one : CASES) {
                world.issuer.cacheControl(one.cacheControl());
                assertThat(documents
                                .keys(URI.create(world.issuer.url() + TestIssuer.KEYS))
                                .lifetime())
                        .as(one.cacheControl())
                        .isEqualTo(one.lifetime());
            }
        }
    }
}

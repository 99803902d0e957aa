package dev.muster.bench.oidc;

import dev.muster.authn.oidc.FlagClaimRules;
import dev.muster.authn.oidc.Issuer;
import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.authn.oidc.OidcIssuers;
import dev.muster.authn.oidc.OidcWatcher;
import dev.muster.authn.oidc.Outside;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.http.call.CallWatcher;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** So many issuers with one server and one key, ready to judge. */
final class Issuers implements AutoCloseable {

    private static final String CLIENT = "kubernetes";

    final TestIssuer server;
    final SigningKey key;
    final OidcIssuers judge;
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Issuers(SigningKey key, int count) throws InterruptedException {
        this.key = key;
        this.server = TestIssuer.start(key);
        this.judge = new OidcIssuers(new Outside(
                trusted -> HttpsClient.of(trusted, ProxyVariables.none(), CallWatcher.NONE),
                signatures(),
                InstantSource.system(),
                timer,
                threads,
                OidcWatcher.NONE));
        var rules = new FlagClaimRules("sub", "oidc:", Optional.of("groups"), "oidc:", Map.of());
        var all = new ArrayList<Issuer>();
        for (int i = 0; i < count; i++) {
            server.serve(
                    "/discovery/" + i,
                    "{\"issuer\":\"" + url(i) + "\",\"jwks_uri\":\"" + server.url() + TestIssuer.KEYS + "\"}");
            var settings = new IssuerSettings(
                    url(i),
                    Optional.of(server.url() + "/discovery/" + i),
                    List.of(server.authority()),
                    List.of(CLIENT),
                    IssuerSettings.ALL_ALGORITHMS,
                    IssuerSettings.Trust.ORDINARY);
            all.add(new Issuer(settings, rules));
        }
        var prepared = judge.prepare(all);
        prepared.awaitReady(Duration.ofMinutes(1)).ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        judge.adopt(prepared);
    }

    /** By the fast provider, loaded. */
    static Signatures signatures() {
        FastProvider.awaitLoaded();
        return new Signatures(FastProvider::ifLoaded);
    }

    static String url(int number) {
        return "https://issuer-" + number + ".example/realms/people";
    }

    /** As a provider makes it: about a kilobyte of claims, ten groups. */
    String token(int issuer) {
        return server.token(CLIENT, Instant.now())
                .text("iss", url(issuer))
                .text("jti", "5a1f3c1e-7c3b-4c53-9d4f-0a2f1d0b7f3e")
                .text("sid", "0b7f3e5a-1f3c-4e7c-9b4c-539d4f0a2f1d")
                .text("azp", CLIENT)
                .text("email", "jane@example.com")
                .with("email_verified", "true")
                .text("name", "Jane Doe")
                .text("preferred_username", "jane")
                .text("acr", "1")
                .with("groups", "[" + "\"developers-of-something\",".repeat(9) + "\"everybody\"]")
                .signed(key);
    }

    @Override
    public void close() {
        judge.close();
        timer.shutdownNow();
        threads.shutdownNow();
        server.close();
    }
}

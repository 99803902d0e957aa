package dev.muster.authn.oidc;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.provider.Signatures;
import dev.muster.http.call.CallWatcher;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import dev.muster.testkit.clock.ManualClock;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A real issuer over TLS, and those who judge its tokens; the clock of tokens stands still. */
final class World implements AutoCloseable {

    static final String CLIENT = "kubernetes";
    static final SigningKey KEY = SigningKey.rsa("first");

    final ManualClock clock = new ManualClock();
    final TestIssuer issuer = TestIssuer.start(KEY);
    final OidcIssuers issuers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    World() {
        issuers = new OidcIssuers(new Outside(
                trusted -> HttpsClient.of(trusted, ProxyVariables.none(), CallWatcher.NONE),
                Signatures.jdk(),
                clock,
                timer,
                threads,
                OidcWatcher.NONE));
    }

    /** Adopts the one issuer with rules as flags would give them, and waits for its keys. */
    static World ready() throws InterruptedException {
        return ready(rules(Optional.of("groups"), Map.of()));
    }

    static World ready(ClaimRules rules) throws InterruptedException {
        var world = new World();
        world.adopt(new Issuer(world.settings(), rules));
        return world;
    }

    void adopt(Issuer... all) throws InterruptedException {
        var prepared = issuers.prepare(List.of(all));
        prepared.awaitReady(Duration.ofSeconds(20)).ifPresent(problem -> {
            throw new AssertionError(problem);
        });
        issuers.adopt(prepared);
    }

    IssuerSettings settings() {
        return settings(IssuerSettings.Trust.ORDINARY);
    }

    IssuerSettings settings(IssuerSettings.Trust trust) {
        return new IssuerSettings(
                issuer.url(),
                Optional.empty(),
                List.of(issuer.authority()),
                List.of(CLIENT),
                IssuerSettings.ALL_ALGORITHMS,
                trust);
    }

    static FlagClaimRules rules(Optional<String> groups, Map<String, String> required) {
        return new FlagClaimRules("sub", "", groups, "", required);
    }

    TestToken token() {
        return issuer.token(CLIENT, clock.instant());
    }

    /** Without waiting where that is possible. */
    Outcome at(String token) {
        return issuers.authenticate(Secret.of(token), Audiences.UNSPECIFIED);
    }

    /** Waits where it must. */
    Outcome judged(String token) {
        return OidcAuthenticator.settled(at(token));
    }

    @Override
    public void close() {
        issuers.close();
        timer.shutdownNow();
        threads.shutdownNow();
        issuer.close();
    }
}

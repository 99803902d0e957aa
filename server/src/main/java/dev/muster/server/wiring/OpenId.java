package dev.muster.server.wiring;

import dev.muster.apiserver.health.Check;
import dev.muster.authn.audience.AudienceAgnostic;
import dev.muster.authn.cached.CachedTokens;
import dev.muster.authn.oidc.Issuer;
import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.authn.oidc.OidcIssuers;
import dev.muster.authn.oidc.Outside;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import dev.muster.server.config.OidcOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** People of OpenID issuers: who judges their tokens, and a short memory before it. */
final class OpenId {

    private final OidcIssuers issuers;
    private final Supplier<CachedTokens> memories;
    private final OpenIdMetrics metrics;
    private volatile CachedTokens cached;
    private Optional<AuthenticationFile> file = Optional.empty();

    private OpenId(OidcIssuers issuers, Supplier<CachedTokens> memories, OpenIdMetrics metrics) {
        this.issuers = issuers;
        this.memories = memories;
        this.metrics = metrics;
        this.cached = memories.get();
    }

    /**
     * Empty when none is configured.
     *
     * @param server how this server is known to others
     */
    static Optional<OpenId> open(
            OidcOptions options,
            String server,
            InstantSource clock,
            SecureRandom random,
            ScheduledExecutorService timer,
            Closing closing)
            throws ConfigurationException {
        if (options.issuer().isEmpty() && options.file().isEmpty()) {
            return Optional.empty();
        }
        var byFlags = byFlags(options);
        var proxies = proxies();
        var metrics = new OpenIdMetrics(server);
        var threads = closing.add(
                "OpenID calls",
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("muster-openid-", 0).factory()));
        var issuers = closing.add(
                "OpenID issuers",
                new OidcIssuers(new Outside(
                        trusted -> HttpsClient.of(trusted, proxies, metrics),
                        new Signatures(FastProvider::ifLoaded),
                        clock,
                        timer,
                        threads,
                        metrics)));
        var people = new OpenId(
                issuers,
                () -> new CachedTokens(issuers, CachedTokens.Limits.STANDARD, clock, random, threads),
                metrics);
        if (options.file().isPresent()) {
            var file = AuthenticationFile.open(options.file().get(), options.trust(), clock, closing);
            people.file = Optional.of(file);
            file.follow(people, closing);
        } else {
            people.adopt(issuers.prepare(byFlags));
        }
        return Optional.of(people);
    }

    private static List<Issuer> byFlags(OidcOptions options) throws ConfigurationException {
        if (options.issuer().isEmpty()) {
            return List.of();
        }
        var byFlags = options.issuer().get();
        var settings = new IssuerSettings(
                byFlags.url(),
                Optional.empty(),
                authorities(byFlags.ca()),
                List.of(byFlags.clientId()),
                byFlags.algorithms(),
                options.trust());
        return List.of(new Issuer(settings, byFlags.rules()));
    }

    /** From now on these, and nothing that was remembered of others. */
    void adopt(OidcIssuers.Prepared prepared) {
        issuers.adopt(prepared);
        cached = memories.get();
    }

    /** The file that tells of them; empty = flags did. */
    Optional<AuthenticationFile> file() {
        return file;
    }

    private static List<X509Certificate> authorities(Optional<Path> file) throws ConfigurationException {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            return TrustBundle.parse(Files.readAllBytes(file.get())).certificates();
        } catch (IOException | MalformedPem e) {
            throw new ConfigurationException("--oidc-ca-file", file.get() + ": " + e.getMessage());
        }
    }

    private static ProxyVariables proxies() throws ConfigurationException {
        try {
            return ProxyVariables.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("environment", e.getMessage());
        }
    }

    /** @param own the API server's audiences, for which the tokens are good whatever they were issued for */
    TokenAuthenticator authenticator(Audiences own) {
        return AudienceAgnostic.ofTokens(
                own,
                Named.ofTokens(
                        "OpenID Connect",
                        "the token is of none of its issuers",
                        (token, wanted) -> cached.authenticate(token, wanted)));
    }

    /** What {@code /metrics} says of them. */
    String metrics() {
        return metrics.text(issuers.states());
    }

    /** As in Kubernetes, a server is ready while an issuer is not; what is wrong is shown. */
    Check check() {
        return Check.shown("openid-connect", () -> {
            var wrong = issuers.states().stream()
                    .flatMap(state -> state.problem().map(text -> state.url() + ": " + text).stream())
                    .toList();
            return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
        });
    }

    OidcIssuers issuers() {
        return issuers;
    }
}

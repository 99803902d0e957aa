package dev.muster.authn.oidc;

import dev.muster.crypto.provider.Signatures;
import dev.muster.http.call.HttpsClient;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * What issuers need of the world.
 *
 * @param clients makes a client that trusts certain authorities; none = whom the system trusts
 * @param timer wakes; nothing that blocks runs on it
 * @param threads runs what blocks
 */
public record Outside(
        Function<List<X509Certificate>, HttpsClient> clients,
        Signatures signatures,
        InstantSource clock,
        ScheduledExecutorService timer,
        Executor threads,
        OidcWatcher watcher) {}

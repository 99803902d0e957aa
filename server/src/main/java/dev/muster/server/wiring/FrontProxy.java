package dev.muster.server.wiring;

import dev.muster.apiserver.pipeline.Doors;
import dev.muster.authn.requestheader.ProxyCertificates;
import dev.muster.authn.requestheader.RequestHeaderAuthenticator;
import dev.muster.authn.requestheader.RequestHeaders;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Chain;
import dev.muster.core.identity.Named;
import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.crypto.x509.TrustFiles;
import dev.muster.server.config.RequestHeaderOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code --requestheader-client-ca-file} switches on.
 *
 * @param bundle whose certificates make a front proxy, as of now
 */
record FrontProxy(
        RequestHeaderOptions options, Supplier<TrustBundle> bundle, RequestHeaderAuthenticator authenticator) {

    /** In what it says who somebody is. */
    Doors.Asserted headers() {
        var names = Stream.of(options.usernames(), options.uids(), options.groups())
                .flatMap(List::stream)
                .toList();
        return new Doors.Asserted(names, options.extraPrefixes());
    }

    /** It, and then users' certificates. */
    Authenticator and(NamesOnce once, Authenticator certificates) {
        return Chain.of(List.of(
                Named.of(
                        "front proxy",
                        "no front proxy's certificate with a header that names a user was presented",
                        once.frontProxy(authenticator)),
                authenticator.before(certificates)));
    }

    private static final Logger LOG = LoggerFactory.getLogger(FrontProxy.class);

    /** Judges chains by a clock. */
    record Judging(ClientChainVerifier verifier, InstantSource clock) {}

    /** @param clients whose certificates are users, as of now */
    static Optional<FrontProxy> open(
            Optional<RequestHeaderOptions> asked,
            Supplier<TrustBundle> clients,
            Judging judging,
            ScheduledExecutorService scheduler)
            throws ConfigurationException {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        var options = asked.get();
        options.unusual().forEach(LOG::warn);
        Supplier<TrustBundle> bundle;
        try {
            bundle = TrustFiles.open(options.authorities(), new ReloadLog("front proxy CA bundle"))
                    .every(ReloadingFiles.OFTEN, scheduler);
        } catch (IOException | ReloadingFiles.Malformed e) {
            throw new ConfigurationException(
                    "--requestheader-client-ca-file", options.authorities() + ": " + e.getMessage());
        }
        if (options.allowedNames().isEmpty()) {
            if (ApartFrom.share(clients.get(), bundle.get())) {
                throw new ConfigurationException(
                        "--requestheader-allowed-names",
                        "--requestheader-client-ca-file has an authority whose certificates are users too (of"
                                + " --client-ca-file, or pki/ca.crt of --data-dir): without allowed names each of these"
                                + " users could be anybody");
            }
            bundle = new ApartFrom(clients, bundle);
        }
        var proxies =
                new ProxyCertificates(bundle, Set.copyOf(options.allowedNames()), judging.verifier(), judging.clock());
        var headers =
                new RequestHeaders(options.usernames(), options.uids(), options.groups(), options.extraPrefixes());
        return Optional.of(new FrontProxy(options, bundle, new RequestHeaderAuthenticator(proxies, headers)));
    }
}

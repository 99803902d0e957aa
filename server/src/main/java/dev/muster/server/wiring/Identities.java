package dev.muster.server.wiring;

import dev.muster.apiserver.pipeline.Doors;
import dev.muster.authn.audience.AudienceAgnostic;
import dev.muster.authn.request.RequestAuthentication;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.revocable.Revocations;
import dev.muster.authn.tokenfile.MalformedTokenFile;
import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.server.config.AnonymousOptions;
import dev.muster.server.config.ApiserverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is believed: the bundle of client authorities, the token file, and the chain over them. */
final class Identities {

    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);

    private final Supplier<TrustBundle> bundle;
    private final Optional<FrontProxy> frontProxy;
    private final NamesOnce once;
    private final RequestAuthentication authentication;
    private final TakenBack takenBack;

    private Identities(
            Supplier<TrustBundle> bundle,
            Optional<FrontProxy> frontProxy,
            NamesOnce once,
            RequestAuthentication authentication,
            TakenBack takenBack) {
        this.bundle = bundle;
        this.frontProxy = frontProxy;
        this.once = once;
        this.authentication = authentication;
        this.takenBack = takenBack;
    }

    /**
     * @param own the authority that signed admin.kubeconfig, trusted beside the user's own bundle
     * @param tokens judge tokens beside those of files and Secrets
     */
    static Identities open(
            ApiserverOptions.Authentication options,
            X509Certificate own,
            Storage storage,
            Tokens tokens,
            InstantSource clock,
            SecureRandom random,
            ScheduledExecutorService scheduler)
            throws ConfigurationException {
        var audiences = new Audiences(options.audiences());
        Supplier<TrustBundle> bundle = bundle(options.clientCa(), own, scheduler);
        var verifier = new ClientChainVerifier(clock, new SignatureCheck(new Signatures(FastProvider::ifLoaded)));
        var takenBack =
                TakenBack.open(options.revocationHeartbeat(), own, storage.cache(), tokens.gone(), clock, scheduler);
        var once = new NamesOnce(options.userNames(), takenBack.revocable()::isGood, clock);
        var frontProxy =
                FrontProxy.open(options.frontProxy(), bundle, new FrontProxy.Judging(verifier, clock), scheduler);
        var certificates = Named.of(
                "client certificate",
                "no client certificate that names anybody was presented",
                once.certificates(new X509Authenticator(bundle, verifier, clock)));
        var parts = new RequestAuthentication.Parts(
                Optional.of(
                        frontProxy.map(proxy -> proxy.and(once, certificates)).orElse(certificates)),
                tokens(options.tokenFile(), once, random),
                aware(options, storage, tokens, once, clock),
                audiences,
                access(options.anonymous()));
        return new Identities(
                bundle, frontProxy, once, RequestAuthentication.of(parts, takenBack.revocable()), takenBack);
    }

    /** Ends watches whose credential is good no more. */
    LiveRequests live() {
        return takenBack.live();
    }

    Revocations revocations() {
        return takenBack.revocations();
    }

    RequestAuthentication authentication() {
        return authentication;
    }

    /** Whose certificates clients should choose from. */
    List<X509Certificate> hints() {
        return frontProxy
                .map(proxy -> bundle.get().with(proxy.bundle().get()))
                .orElseGet(bundle)
                .certificates();
    }

    Optional<FrontProxy> frontProxy() {
        return frontProxy;
    }

    /** What nobody behind authentication may see, whoever sent it. */
    Doors.Asserted assertedHeaders() {
        return frontProxy.map(FrontProxy::headers).orElse(Doors.Asserted.STANDARD);
    }

    /** Who gives which user name. */
    NamesOnce names() {
        return once;
    }

    /** Whose certificates are users. */
    Supplier<TrustBundle> clients() {
        return bundle;
    }

    private static Supplier<TrustBundle> bundle(
            Optional<Path> file, X509Certificate own, ScheduledExecutorService scheduler)
            throws ConfigurationException {
        try {
            TrustBundle ours = TrustBundle.of(List.of(own));
            if (file.isEmpty()) {
                return () -> ours;
            }
            return ReloadingFiles.open(
                            List.of(file.get()),
                            1 << 20,
                            contents -> {
                                try {
                                    return TrustBundle.parse(contents.getFirst())
                                            .with(ours);
                                } catch (MalformedPem e) {
                                    throw new ReloadingFiles.Malformed(e.getMessage(), e);
                                }
                            },
                            new ReloadLog("client CA bundle"))
                    .every(ReloadingFiles.OFTEN, scheduler);
        } catch (IOException | MalformedPem | ReloadingFiles.Malformed e) {
            throw new ConfigurationException(
                    "--client-ca-file", file.map(Path::toString).orElse("pki/ca.crt") + ": " + e.getMessage());
        }
    }

    private static List<TokenAuthenticator> tokens(Optional<Path> file, NamesOnce once, SecureRandom random)
            throws ConfigurationException {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            TokenFile tokens = TokenFile.parse(Files.readAllBytes(file.get()), random);
            tokens.warnings().forEach(warning -> LOG.warn("{}: {}", file.get(), warning));
            return List.of(once.file(tokens, Named.ofTokens("token file", "the token is not in it", tokens)));
        } catch (IOException | MalformedTokenFile e) {
            throw new ConfigurationException("--token-auth-file", file.get() + ": " + e.getMessage());
        }
    }

    /**
     * Who judges tokens by more than a file.
     *
     * @param accounts those of service accounts, in order
     * @param people those of people from elsewhere, in order
     * @param gone whether somebody was let in by what is no more
     */
    record Tokens(List<TokenAuthenticator> accounts, List<TokenAuthenticator> people, Predicate<Accepted> gone) {}

    /** In Kubernetes' order, in which tokens that know no audiences come among those that do. */
    private static List<TokenAuthenticator> aware(
            ApiserverOptions.Authentication options,
            Storage storage,
            Tokens tokens,
            NamesOnce once,
            InstantSource clock) {
        var all = new ArrayList<>(tokens.accounts());
        if (options.bootstrapTokens()) {
            var bootstrap = Named.ofTokens(
                    "bootstrap tokens", "the token is none of theirs", BootstrapStart.authenticator(storage, clock));
            all.add(AudienceAgnostic.ofTokens(new Audiences(options.audiences()), bootstrap));
        }
        all.addAll(once.people(tokens.people()));
        return all;
    }

    private static AnonymousAccess access(AnonymousOptions options) {
        if (!options.enabled()) {
            return new AnonymousAccess.Off();
        }
        return options.paths().isEmpty()
                ? new AnonymousAccess.Everywhere()
                : new AnonymousAccess.On(Set.copyOf(options.paths()));
    }
}

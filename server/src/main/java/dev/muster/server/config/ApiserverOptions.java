package dev.muster.server.config;

import dev.muster.api.strategy.identity.AccessTokenStrategy;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.server.flags.Quote;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code muster apiserver} was told, checked. */
public record ApiserverOptions(
        Path dataDir,
        Serving serving,
        Authentication authentication,
        ServiceAccountOptions serviceAccounts,
        Authorization authorization,
        Limits limits,
        RuntimeConfig runtimeConfig,
        FeatureGates features,
        Signing signing,
        Optional<Path> encryptionConfiguration,
        AuditOptions audit) {

    /**
     * Where and how to listen.
     *
     * @param advertised the host for kubeconfigs
     * @param certificate empty = one of our own making
     * @param minTls TLSv1.2 or TLSv1.3
     */
    public record Serving(
            InetAddress bind,
            int port,
            String advertised,
            Optional<CertificateFiles> certificate,
            String minTls,
            List<String> cipherSuites,
            boolean boringSsl) {}

    /** A serving certificate of the user's own. */
    public record CertificateFiles(Path certificate, Path key) {}

    /**
     * Who signs certificate requests.
     *
     * @param authority empty = the one of the data directory
     */
    public record Signing(Optional<CertificateFiles> authority, Duration longest) {}

    /**
     * Who is believed.
     *
     * @param bootstrapTokens whether joining nodes are, by what Secrets say
     * @param revocationHeartbeat how long the store may be silent before nobody is believed but break-glass
     * @param frontProxy empty = nobody is believed in headers
     */
    public record Authentication(
            Optional<Path> clientCa,
            Optional<Path> tokenFile,
            boolean bootstrapTokens,
            Duration revocationHeartbeat,
            Duration longestAccessToken,
            AnonymousOptions anonymous,
            List<String> audiences,
            OidcOptions oidc,
            Optional<RequestHeaderOptions> frontProxy,
            UserNameOptions userNames) {}

    /**
     * What is asked for permission.
     *
     * @param superUser bound to cluster-admin at start
     * @param admissionPlugins those that are on
     */
    public record Authorization(
            List<AuthorizationMode> modes, Optional<String> superUser, Set<String> admissionPlugins) {}

    /** How much at once and for how long; 0 in flight = no limit. */
    public record Limits(
            int readsInFlight,
            int writesInFlight,
            Duration minWatch,
            Duration requestTimeout,
            int streamsPerConnection,
            Duration eventTtl,
            Duration shutdownDelay) {}

    /** Reads the flags; what is wrong is added to the flags' problems, and the result is then not to be used. */
    public static ApiserverOptions from(Flags flags, Map<String, String> environment) {
        flags.words()
                .forEach(word ->
                        flags.problems().add(new Problem(Quote.go(word), "unexpected argument: flags begin with --")));
        Path dataDir = flags.optional("data-dir").map(Path::of).orElseGet(() -> DataDir.byDefault(environment));
        var authorization = new Authorization(
                AuthorizationMode.parse(flags),
                flags.optional("authorization-rbac-super-user"),
                AdmissionOptions.enabled(flags));
        var serviceAccounts = ServiceAccountOptions.from(flags);
        List<String> audiences = flags.list("api-audiences");
        var oidc = OidcOptions.from(flags, serviceAccounts);
        return new ApiserverOptions(
                dataDir,
                serving(flags),
                new Authentication(
                        file(flags, "client-ca-file"),
                        file(flags, "token-auth-file"),
                        flags.bool("enable-bootstrap-token-auth"),
                        heartbeat(flags),
                        longestAccessToken(flags),
                        AnonymousOptions.from(flags, authorization.modes(), oidc.file()),
                        audiences.isEmpty() ? serviceAccounts.issuers() : audiences,
                        oidc,
                        RequestHeaderOptions.from(flags),
                        UserNameOptions.from(flags)),
                serviceAccounts,
                authorization,
                limits(flags),
                RuntimeConfig.parse(flags),
                FeatureGates.parse(flags),
                signing(flags),
                file(flags, "encryption-provider-config"),
                AuditOptions.from(flags));
    }

    private static Serving serving(Flags flags) {
        InetAddress bind = InetAddress.getLoopbackAddress();
        String bindText = flags.text("bind-address");
        try {
            if (!bindText.matches("[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*")) {
                throw new UnknownHostException(bindText);
            }
            bind = InetAddress.getByName(bindText);
        } catch (UnknownHostException e) {
            flags.problem("bind-address", "invalid argument \"" + bindText + "\": must be an IP address");
        }
        Optional<CertificateFiles> certificate = pair(flags, "tls-cert-file", "tls-private-key-file");
        String min = flags.text("tls-min-version");
        if (!min.equals("VersionTLS12") && !min.equals("VersionTLS13")) {
            flags.problem("tls-min-version", "unsupported value \"" + min + "\": VersionTLS12 or VersionTLS13");
        }
        String engine = flags.text("tls-engine");
        if (!engine.equals("jdk") && !engine.equals("boringssl")) {
            flags.problem("tls-engine", "unsupported value \"" + engine + "\": jdk or boringssl");
        }
        String advertised = flags.optional("external-hostname")
                .or(() -> flags.optional("advertise-address"))
                .orElse(
                        bind.isAnyLocalAddress()
                                ? InetAddress.getLoopbackAddress().getHostAddress()
                                : bind.getHostAddress());
        return new Serving(
                bind,
                flags.number("secure-port", 0, 65535),
                advertised,
                certificate,
                min.equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2",
                flags.list("tls-cipher-suites"),
                engine.equals("boringssl"));
    }

    private static Duration longestAccessToken(Flags flags) {
        Duration longest = flags.duration("access-token-max-expiration");
        if (longest.toSeconds() < AccessTokenStrategy.SHORTEST_SECONDS || longest.toDays() > 3650) {
            flags.problem("access-token-max-expiration", "must be between 10m and 87600h");
        }
        return longest;
    }

    private static Signing signing(Flags flags) {
        Duration longest = flags.duration("cluster-signing-duration");
        if (longest.isZero()) {
            flags.problem("cluster-signing-duration", "Invalid value: 0s: must be greater than 0");
        }
        return new Signing(pair(flags, "cluster-signing-cert-file", "cluster-signing-key-file"), longest);
    }

    /** Two files that are given together or not at all. */
    private static Optional<CertificateFiles> pair(Flags flags, String certificateFlag, String keyFlag) {
        Optional<Path> certificate = file(flags, certificateFlag);
        Optional<Path> key = file(flags, keyFlag);
        if (certificate.isPresent() != key.isPresent()) {
            flags.problem(
                    certificate.isPresent() ? keyFlag : certificateFlag,
                    "--" + certificateFlag + " and --" + keyFlag + " belong together: give both or neither");
        }
        return certificate.flatMap(c -> key.map(k -> new CertificateFiles(c, k)));
    }

    /** The store is heard of about once a second: less than a few of those would refuse everybody now and then. */
    private static Duration heartbeat(Flags flags) {
        Duration most = flags.duration("revocation-heartbeat");
        if (most.compareTo(Duration.ofSeconds(3)) < 0 || most.compareTo(Duration.ofMinutes(10)) > 0) {
            flags.problem("revocation-heartbeat", "must be between 3s and 10m");
        }
        return most;
    }

    private static Limits limits(Flags flags) {
        return new Limits(
                flags.number("max-requests-inflight", 0, 1_000_000),
                flags.number("max-mutating-requests-inflight", 0, 1_000_000),
                Duration.ofSeconds(flags.number("min-request-timeout", 1, 86_400)),
                flags.duration("request-timeout"),
                flags.number("http2-max-streams-per-connection", 1, 100_000),
                flags.duration("event-ttl"),
                flags.duration("shutdown-delay-duration"));
    }

    private static Optional<Path> file(Flags flags, String name) {
        Optional<Path> path = flags.optional(name).map(Path::of);
        path.ifPresent(p -> {
            if (!Files.exists(p)) {
                flags.problem(name, "open " + p + ": no such file or directory");
            } else if (Files.isDirectory(p) || !Files.isReadable(p)) {
                flags.problem(name, "open " + p + ": not a readable file");
            }
        });
        return path;
    }
}

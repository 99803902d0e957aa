package dev.muster.server.config;

import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of service accounts.
 *
 * @param issuers all that are believed; the first signs
 * @param keys files of keys that verify, beside the one that signs
 * @param signingKey empty = one of our own making
 * @param lookup whether tokens in secrets are looked up
 * @param longest empty = no limit
 * @param extend whether tokens of pods live on for clients that do not read them again
 * @param keysAt the URL of the key set for others; empty = at this server
 * @param automaticSecrets whether every account gets a secret with a token, as before Kubernetes 1.24
 * @param ownKeys how keys of our own making change
 * @param cleanUpPeriod after how long such a token that nobody uses is taken back, and after how long again deleted
 */
public record ServiceAccountOptions(
        List<String> issuers,
        List<Path> keys,
        Optional<Path> signingKey,
        boolean lookup,
        Optional<Duration> longest,
        boolean extend,
        Optional<String> keysAt,
        boolean automaticSecrets,
        OwnKeys ownKeys,
        Duration cleanUpPeriod) {

    /**
     * Keys of our own making.
     *
     * @param period after which another key signs; zero = never
     * @param algorithm RS256 or ES256
     */
    public record OwnKeys(Duration period, String algorithm) {}

    /** What a cluster calls itself. */
    public static final String DEFAULT_ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final String ISSUER = "service-account-issuer";
    private static final String KEYS = "service-account-key-file";
    private static final String SIGNING = "service-account-signing-key-file";
    private static final String LOOKUP = "service-account-lookup";
    private static final String LONGEST = "service-account-max-token-expiration";
    private static final String EXTEND = "service-account-extend-token-expiration";
    private static final String KEYS_AT = "service-account-jwks-uri";
    private static final String AUTOMATIC = "legacy-service-account-token-auto-generation";

    private static final String ROTATION = "service-account-key-rotation-period";
    private static final String ALGORITHM = "service-account-key-algorithm";
    private static final String CLEAN_UP = "legacy-service-account-token-clean-up-period";

    static List<Flag> flags() {
        return List.of(
                Flag.text(
                        ISSUER,
                        "",
                        "Issuer of service account tokens; repeatable: the first signs, all are believed (default "
                                + DEFAULT_ISSUER + ")."),
                Flag.text(KEYS, "", "PEM keys that verify service account tokens; repeatable."),
                Flag.text(
                        SIGNING,
                        "",
                        "PEM private key that signs service account tokens (default: keys of our own making)."),
                Flag.duration(
                        ROTATION,
                        "2160h0m0s",
                        "After how long another key of our own making signs, 5s or more; 0 = never."),
                Flag.text(ALGORITHM, "RS256", "Of keys of our own making: RS256 or ES256."),
                Flag.bool(LOOKUP, true, "Whether tokens in Secrets must still stand there."),
                Flag.duration(LONGEST, "0s", "Longest life of a requested token, 1h or more; 0 = no limit."),
                Flag.bool(
                        EXTEND, true, "Whether tokens mounted into pods live for a year, and are noted after an hour."),
                Flag.text(KEYS_AT, "", "URL of the key set in the issuer's discovery document, https."),
                Flag.bool(
                        AUTOMATIC,
                        false,
                        "Whether every service account gets a Secret with a token, as before Kubernetes 1.24."),
                Flag.duration(
                        CLEAN_UP,
                        "8760h0m0s",
                        "After how long without use such a token is taken back, and after how long again deleted."));
    }

    static ServiceAccountOptions from(Flags flags) {
        var issuers = new ArrayList<String>();
        for (String issuer : flags.repeated(ISSUER)) {
            if (issuer.isEmpty()) {
                flags.problem(ISSUER, "should not be an empty string");
            } else if (issuer.indexOf(':') >= 0 && url(issuer).isEmpty()) {
                flags.problem(ISSUER, "contained a ':' but was not a valid URL: " + Quote.go(issuer));
            } else if (!issuers.contains(issuer)) {
                issuers.add(issuer);
            }
        }
        if (issuers.isEmpty()) {
            issuers.add(DEFAULT_ISSUER);
        }
        return new ServiceAccountOptions(
                issuers,
                flags.repeated(KEYS).stream()
                        .flatMap(f -> file(flags, KEYS, f).stream())
                        .toList(),
                flags.optional(SIGNING).flatMap(f -> file(flags, SIGNING, f)),
                flags.bool(LOOKUP),
                longest(flags),
                flags.bool(EXTEND),
                keysAt(flags),
                flags.bool(AUTOMATIC),
                ownKeys(flags),
                cleanUpPeriod(flags));
    }

    private static OwnKeys ownKeys(Flags flags) {
        Duration period = flags.duration(ROTATION);
        if (!period.isZero() && period.compareTo(Duration.ofSeconds(5)) < 0) {
            flags.problem(ROTATION, "must be 0 or at least 5s");
        }
        String algorithm = flags.text(ALGORITHM);
        if (!List.of("RS256", "ES256").contains(algorithm)) {
            flags.problem(ALGORITHM, "must be RS256 or ES256, not " + Quote.go(algorithm));
        }
        for (String flag : List.of(ROTATION, ALGORITHM)) {
            if (flags.isGiven(flag) && flags.isGiven(SIGNING)) {
                flags.problem(flag, "is for keys of our own making, and --" + SIGNING + " gives one");
            }
        }
        return new OwnKeys(period, algorithm);
    }

    private static Duration cleanUpPeriod(Flags flags) {
        Duration period = flags.duration(CLEAN_UP);
        if (period.isZero() || period.isNegative()) {
            flags.problem(CLEAN_UP, "must be positive");
        }
        return period;
    }

    private static Optional<Duration> longest(Flags flags) {
        Duration longest = flags.duration(LONGEST);
        if (longest.isZero()) {
            return Optional.empty();
        }
        if (longest.compareTo(Duration.ofHours(1)) < 0 || longest.toSeconds() > 1L << 32) {
            flags.problem(LONGEST, "the service-account-max-token-expiration must be between 1 hour and 2^32 seconds");
        }
        return Optional.of(longest);
    }

    private static Optional<String> keysAt(Flags flags) {
        var given = flags.optional(KEYS_AT);
        given.filter(text -> url(text)
                        .filter(u -> "https".equals(u.getScheme()) && u.getHost() != null)
                        .isEmpty())
                .ifPresent(text -> flags.problem(KEYS_AT, "requires https scheme, parsed as: " + Quote.go(text)));
        return given;
    }

    /** Whether the first issuer can be discovered by others: they begin with its URL. */
    public boolean isDiscoverable() {
        return url(issuers.getFirst())
                .filter(u -> "https".equals(u.getScheme()) && u.getHost() != null)
                .filter(u -> u.getRawQuery() == null && u.getRawFragment() == null)
                .isPresent();
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> file(Flags flags, String flag, String name) {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            flags.problem(flag, "open " + path + ": no such file or directory");
            return Optional.empty();
        }
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            flags.problem(flag, "open " + path + ": not a readable file");
            return Optional.empty();
        }
        return Optional.of(path);
    }
}

package dev.muster.server.config;

import dev.muster.authn.oidc.FlagClaimRules;
import dev.muster.authn.oidc.IssuerSettings.Trust;
import dev.muster.crypto.jose.JwsAlgorithm;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The OpenID issuer of the {@code --oidc-*} flags or those of a file, and what every issuer may do.
 *
 * @param issuer empty = none by flags
 * @param file empty = none by file
 * @param trust for issuers of flags and files alike
 */
public record OidcOptions(Optional<ByFlags> issuer, Optional<AuthenticationFileOptions> file, Trust trust) {

    private static final String ISSUER = "oidc-issuer-url";
    private static final String CLIENT = "oidc-client-id";
    private static final String CA = "oidc-ca-file";
    private static final String USERNAME = "oidc-username-claim";
    private static final String USERNAME_PREFIX = "oidc-username-prefix";
    private static final String GROUPS = "oidc-groups-claim";
    private static final String GROUPS_PREFIX = "oidc-groups-prefix";
    private static final String ALGORITHMS = "oidc-signing-algs";
    private static final String REQUIRED = "oidc-required-claim";
    private static final String SYSTEM_NAMES = "jwt-allow-system-names";
    private static final String ENDPOINTS = "jwt-claims-endpoint";

    private static final List<String> ALL_OF_ISSUER =
            List.of(ISSUER, CLIENT, CA, USERNAME, USERNAME_PREFIX, GROUPS, GROUPS_PREFIX, ALGORITHMS, REQUIRED);

    /**
     * One issuer.
     *
     * @param ca empty = whom the system trusts
     */
    public record ByFlags(
            String url, String clientId, Optional<Path> ca, Set<JwsAlgorithm> algorithms, FlagClaimRules rules) {}

    static List<Flag> flags() {
        return List.of(
                Flag.text(ISSUER, "", "The iss of an OpenID issuer's tokens; https."),
                Flag.text(CLIENT, "", "The client that its tokens must be for (aud)."),
                Flag.text(CA, "", "CA bundle that vouches for the issuer's servers, PEM (default: the system's)."),
                Flag.text(USERNAME, "sub", "The claim that is the user name."),
                Flag.text(
                        USERNAME_PREFIX,
                        "",
                        "Put before user names; - for nothing (default: the issuer and #, but nothing for email)."),
                Flag.text(GROUPS, "", "The claim that is the groups, a string or an array of strings."),
                Flag.text(GROUPS_PREFIX, "", "Put before groups."),
                Flag.list(ALGORITHMS, "RS256", "Algorithms that are believed: RS, ES and PS with 256, 384 and 512."),
                Flag.text(REQUIRED, "", "CLAIM=VALUE that a token must have, as a string; repeatable."),
                Flag.bool(
                        SYSTEM_NAMES,
                        false,
                        "Whether OpenID issuers may give users and groups whose names begin with system:."),
                Flag.text(
                        ENDPOINTS,
                        "",
                        "Where distributed claims may be fetched: an https URL, or the beginning of some, up to a slash;"
                                + " repeatable (default: nowhere)."));
    }

    static OidcOptions from(Flags flags, ServiceAccountOptions accounts) {
        var trust = new Trust(flags.bool(SYSTEM_NAMES), endpoints(flags));
        var given = ALL_OF_ISSUER.stream().filter(flags::isGiven).toList();
        if (given.isEmpty()) {
            return new OidcOptions(
                    Optional.empty(), AuthenticationFileOptions.from(flags, accounts.issuers(), trust), trust);
        }
        String url = flags.text(ISSUER);
        String client = flags.text(CLIENT);
        if (url.isEmpty() || client.isEmpty()) {
            flags.problem(
                    url.isEmpty() ? ISSUER : CLIENT,
                    "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set");
        }
        if (flags.isGiven("authentication-config")) {
            flags.problem(given.getFirst(), "authentication-config file and oidc-* flags are mutually exclusive");
        }
        if (!url.isEmpty()) {
            checkIssuer(flags, url, accounts);
        }
        var rules = rules(flags, url, trust);
        var issuer = new ByFlags(url, client, ca(flags), algorithms(flags), rules);
        return new OidcOptions(
                Optional.of(issuer), AuthenticationFileOptions.from(flags, accounts.issuers(), trust), trust);
    }

    private static void checkIssuer(Flags flags, String url, ServiceAccountOptions accounts) {
        urlProblems(url).forEach(what -> flags.problem(ISSUER, "Invalid value: " + Quote.go(url) + ": " + what));
        if (accounts.issuers().contains(url)) {
            flags.problem(
                    ISSUER,
                    "Invalid value: " + Quote.go(url) + ": URL must not overlap with disallowed issuers: "
                            + accounts.issuers());
        }
    }

    /** What Kubernetes says of a URL that is no issuer's. */
    static List<String> urlProblems(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return List.of(e.getReason());
        }
        var problems = new LinkedHashMap<String, Boolean>();
        problems.put("URL scheme must be https", !"https".equals(url.getScheme()));
        problems.put(
                "URL must have a host", url.getHost() == null || url.getHost().isEmpty());
        problems.put("URL must not contain a username or password", url.getRawUserInfo() != null);
        problems.put("URL must not contain a query", url.getRawQuery() != null);
        problems.put("URL must not contain a fragment", url.getRawFragment() != null);
        return problems.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static FlagClaimRules rules(Flags flags, String url, Trust trust) {
        String username = flags.text(USERNAME);
        if (username.isEmpty()) {
            flags.problem(USERNAME, "Required value: the claim that is the user name");
        }
        String prefix = FlagClaimRules.defaultPrefix(flags.text(USERNAME_PREFIX), username, url);
        checkPrefix(flags, USERNAME_PREFIX, prefix, trust);
        if (flags.optional(GROUPS).isPresent()) {
            checkPrefix(flags, GROUPS_PREFIX, flags.text(GROUPS_PREFIX), trust);
        } else if (flags.optional(GROUPS_PREFIX).isPresent()) {
            flags.problem(GROUPS_PREFIX, "a prefix of groups without a claim of groups: give --" + GROUPS + " too");
        }
        return new FlagClaimRules(username, prefix, flags.optional(GROUPS), flags.text(GROUPS_PREFIX), required(flags));
    }

    /** Everybody of this issuer would be refused. */
    private static void checkPrefix(Flags flags, String flag, String prefix, Trust trust) {
        if (prefix.startsWith("system:") && !trust.systemNames()) {
            flags.problem(
                    flag,
                    "Invalid value: " + Quote.go(prefix) + ": names that begin with system: are Kubernetes' own, see --"
                            + SYSTEM_NAMES);
        }
    }

    private static Map<String, String> required(Flags flags) {
        var required = new LinkedHashMap<String, String>();
        for (String pair : flags.repeated(REQUIRED)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                flags.problem(REQUIRED, "malformed pair " + Quote.go(pair) + ", expect string=string");
                continue;
            }
            String before = required.put(pair.substring(0, equals), pair.substring(equals + 1));
            if (before != null && !before.equals(pair.substring(equals + 1))) {
                flags.problem(REQUIRED, "claim " + Quote.go(pair.substring(0, equals)) + " cannot have two values");
            }
        }
        return required;
    }

    private static Set<JwsAlgorithm> algorithms(Flags flags) {
        var algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        var names = flags.list(ALGORITHMS);
        for (String name : names) {
            JwsAlgorithm.named(name)
                    .ifPresentOrElse(
                            algorithms::add,
                            () -> flags.problem(
                                    ALGORITHMS,
                                    "unsupported signing alg: " + Quote.go(name) + ": one of "
                                            + List.of(JwsAlgorithm.values())));
        }
        if (names.isEmpty()) {
            flags.problem(ALGORITHMS, "Required value: at least one algorithm");
        }
        if (algorithms.isEmpty()) {
            algorithms.add(JwsAlgorithm.RS256);
        }
        return algorithms;
    }

    private static Optional<Path> ca(Flags flags) {
        var path = flags.optional(CA).map(Path::of);
        path.filter(p -> !Files.isRegularFile(p) || !Files.isReadable(p))
                .ifPresent(p -> flags.problem(CA, "open " + p + ": no such file or not readable"));
        return path;
    }

    private static List<String> endpoints(Flags flags) {
        var endpoints = flags.repeated(ENDPOINTS).stream()
                .filter(text -> !text.isEmpty())
                .toList();
        for (String text : endpoints) {
            var problems = urlProblems(text);
            if (!problems.isEmpty()) {
                flags.problem(ENDPOINTS, "Invalid value: " + Quote.go(text) + ": " + String.join(", ", problems));
            } else if (URI.create(text).getRawPath().isEmpty()) {
                flags.problem(
                        ENDPOINTS,
                        "Invalid value: " + Quote.go(text) + ": end it with a slash to allow all of that server");
            }
        }
        return endpoints;
    }
}

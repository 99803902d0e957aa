package dev.muster.server.config;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The authenticating proxy.
 *
 * @param authorities whose certificates make a front proxy
 * @param allowedNames common names of those that are; empty = all
 * @param usernames headers, at least one
 */
public record RequestHeaderOptions(
        Path authorities,
        List<String> allowedNames,
        List<String> usernames,
        List<String> uids,
        List<String> groups,
        List<String> extraPrefixes) {

    private static final String AUTHORITIES = "requestheader-client-ca-file";
    private static final String ALLOWED = "requestheader-allowed-names";
    private static final String USERNAMES = "requestheader-username-headers";
    private static final String UIDS = "requestheader-uid-headers";
    private static final String GROUPS = "requestheader-group-headers";
    private static final String EXTRA = "requestheader-extra-headers-prefix";
    private static final List<String> LISTS = List.of(ALLOWED, USERNAMES, UIDS, GROUPS, EXTRA);
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    static List<Flag> flags() {
        return List.of(
                Flag.text(
                        AUTHORITIES,
                        "",
                        "CA bundle whose client certificates are front proxies: who shows one is believed in headers, PEM."),
                Flag.list(ALLOWED, "", "Common names of front proxies (default: every name of that bundle)."),
                Flag.list(USERNAMES, "", "Headers for the user name, in order; X-Remote-User is common."),
                Flag.list(UIDS, "", "Headers for the uid, in order; X-Remote-Uid is suggested."),
                Flag.list(GROUPS, "", "Headers for groups; X-Remote-Group is suggested."),
                Flag.list(EXTRA, "", "Prefixes of headers for extra fields; X-Remote-Extra- is suggested."));
    }

    /** Empty when it is not asked for. */
    static Optional<RequestHeaderOptions> from(Flags flags) {
        LISTS.forEach(name -> checkEmpty(flags, name));
        List.of(USERNAMES, UIDS, GROUPS, EXTRA).forEach(name -> checkTokens(flags, name));
        Optional<Path> authorities = flags.optional(AUTHORITIES).map(Path::of);
        if (authorities.isEmpty()) {
            LISTS.stream()
                    .filter(name -> !flags.list(name).isEmpty())
                    .forEach(name -> flags.problem(name, "has no effect without --" + AUTHORITIES));
            return Optional.empty();
        }
        if (flags.list(USERNAMES).isEmpty()) {
            flags.problem(USERNAMES, "--" + AUTHORITIES + " is given, so at least one header must say the user name");
        }
        List<X509Certificate> own = certificates(flags, authorities.get());
        if (flags.list(ALLOWED).isEmpty()) {
            checkApart(flags, own);
        }
        return Optional.of(new RequestHeaderOptions(
                authorities.get(),
                flags.list(ALLOWED),
                trimmed(flags, USERNAMES),
                trimmed(flags, UIDS),
                trimmed(flags, GROUPS),
                trimmed(flags, EXTRA)));
    }

    /** The text is Kubernetes'. */
    private static void checkEmpty(Flags flags, String name) {
        for (String given : flags.repeated(name)) {
            boolean empty = given.isEmpty()
                    ? false
                    : List.of(given.split(",", -1)).stream().anyMatch(String::isBlank);
            if (empty) {
                flags.problem(name, "empty value in " + Quote.go(name));
                return;
            }
        }
    }

    /** What is no header name could never match, and its owner would wonder why. */
    private static void checkTokens(Flags flags, String name) {
        for (String header : trimmed(flags, name)) {
            if (!header.chars().allMatch(RequestHeaderOptions::isToken)) {
                flags.problem(name, "invalid header name " + Quote.go(header));
            }
        }
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isToken(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }

    private static List<String> trimmed(Flags flags, String name) {
        return flags.list(name).stream()
                .map(String::strip)
                .filter(header -> !header.isEmpty())
                .toList();
    }

    private static List<X509Certificate> certificates(Flags flags, Path file) {
        try {
            var found = Pem.certificates(Files.readAllBytes(file));
            if (found.isEmpty()) {
                flags.problem(AUTHORITIES, file + ": no certificate in it");
            }
            return found;
        } catch (IOException _) {
            flags.problem(
                    AUTHORITIES,
                    "open " + file + (Files.exists(file) ? ": not a readable file" : ": no such file or directory"));
        } catch (MalformedPem e) {
            flags.problem(AUTHORITIES, file + ": " + e.getMessage());
        }
        return List.of();
    }

    /** As Kubernetes since 1.35: or any client's certificate would let its owner be anybody. */
    private static void checkApart(Flags flags, List<X509Certificate> proxies) {
        var clients = new ArrayList<X509Certificate>();
        flags.optional("client-ca-file").ifPresent(file -> {
            try {
                clients.addAll(Pem.certificates(Files.readAllBytes(Path.of(file))));
            } catch (IOException | MalformedPem _) {
                // Whoever reads that flag says so.
            }
        });
        if (proxies.stream().anyMatch(clients::contains)) {
            flags.problem(
                    ALLOWED,
                    "--requestheader-client-ca-file and --client-ca-file contain overlapping certificates;"
                            + " --requestheader-allowed-names must be specified to ensure regular client certificates"
                            + " cannot set authenticating proxy headers for arbitrary users");
        }
    }

    /** Standard header names that are missing from lists that are not empty: only clients of our own miss them. */
    public List<String> unusual() {
        var all = new ArrayList<String>();
        unusual(all, USERNAMES, usernames, "X-Remote-User");
        unusual(all, UIDS, uids, "X-Remote-Uid");
        unusual(all, GROUPS, groups, "X-Remote-Group");
        unusual(all, EXTRA, extraPrefixes, "X-Remote-Extra-");
        return all;
    }

    private static void unusual(List<String> all, String flag, List<String> given, String standard) {
        if (!given.isEmpty() && given.stream().noneMatch(standard::equalsIgnoreCase)) {
            all.add("--" + flag + " is set without the standard " + standard
                    + ": aggregated API servers look for that");
        }
    }
}

package dev.muster.authn.structured;

import dev.muster.authn.structured.Document.IssuerFields;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.http.url.GoUrl;
import dev.muster.http.url.MalformedUrl;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks the issuer of one entry. */
final class IssuerCheck {

    private static final String MATCH_ANY = "MatchAny";
    private static final Set<String> EGRESS = Set.of("controlplane", "cluster");

    private final List<String> disallowed;
    private final List<Problem> problems;

    /** @param disallowed issuers that are somebody else's: those of service accounts */
    IssuerCheck(List<String> disallowed, List<Problem> problems) {
        this.disallowed = disallowed;
        this.problems = problems;
    }

    void check(String path, IssuerFields issuer) {
        if (issuer.url().isEmpty()) {
            problems.add(Problem.required(path + ".url", ""));
        } else {
            url(path + ".url", issuer.url(), disallowed);
        }
        discovery(path + ".discoveryURL", issuer);
        audiences(path, issuer);
        authorities(path + ".certificateAuthority", issuer.certificateAuthority());
        egress(path + ".egressSelectorType", issuer.egressSelectorType());
    }

    private void discovery(String path, IssuerFields issuer) {
        if (issuer.discoveryUrl().isEmpty()) {
            return;
        }
        if (!issuer.url().isEmpty() && withoutSlashes(issuer.url()).equals(withoutSlashes(issuer.discoveryUrl()))) {
            problems.add(Problem.invalid(path, issuer.discoveryUrl(), "discoveryURL must be different from URL"));
        }
        url(path, issuer.discoveryUrl(), List.of());
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    private void url(String path, String text, List<String> others) {
        if (others.contains(text)) {
            problems.add(Problem.invalid(
                    path,
                    text,
                    "URL must not overlap with disallowed issuers: [" + String.join(" ", new TreeSet<>(others)) + "]"));
        }
        GoUrl url;
        try {
            url = GoUrl.parse(text);
        } catch (MalformedUrl e) {
            problems.add(Problem.invalid(path, text, "parse " + Quoted.go(text) + ": " + e.getMessage()));
            return;
        }
        problem(!url.scheme().equals("https"), path, text, "URL scheme must be https");
        problem(url.userInfo(), path, text, "URL must not contain a username or password");
        problem(!url.query().isEmpty(), path, text, "URL must not contain a query");
        problem(!url.fragment().isEmpty(), path, text, "URL must not contain a fragment");
        // Kubernetes starts with such a one and never reaches it.
        problem(url.scheme().equals("https") && url.hostname().isEmpty(), path, text, "URL must have a host");
    }

    private void problem(boolean wrong, String path, String value, String why) {
        if (wrong) {
            problems.add(Problem.invalid(path, value, why));
        }
    }

    private void audiences(String parent, IssuerFields issuer) {
        String path = parent + ".audiences";
        List<String> audiences = issuer.audiences();
        if (audiences.isEmpty()) {
            problems.add(Problem.required(path, "at least one " + path + " is required"));
            return;
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < audiences.size(); i++) {
            String own = path + "[" + i + "]";
            if (audiences.get(i).isEmpty()) {
                problems.add(Problem.required(own, ""));
            }
            if (!seen.add(audiences.get(i))) {
                problems.add(Problem.duplicate(own, audiences.get(i)));
            }
        }
        String policy = issuer.audienceMatchPolicy();
        String where = parent + ".audienceMatchPolicy";
        problem(
                audiences.size() > 1 && !policy.equals(MATCH_ANY),
                where,
                policy,
                "audienceMatchPolicy must be MatchAny for multiple audiences");
        problem(
                audiences.size() == 1 && !policy.isEmpty() && !policy.equals(MATCH_ANY),
                where,
                policy,
                "audienceMatchPolicy must be empty or MatchAny for single audience");
    }

    private void authorities(String path, String pem) {
        if (pem.isEmpty()) {
            return;
        }
        try {
            certificates(pem);
        } catch (MalformedPem e) {
            problems.add(Problem.invalid(
                    path, "<omitted>", "data does not contain any valid RSA or ECDSA certificates: " + e.getMessage()));
        }
    }

    static List<X509Certificate> certificates(String pem) throws MalformedPem {
        return TrustBundle.parse(pem.getBytes(StandardCharsets.UTF_8)).certificates();
    }

    /** There is no egress selector here that could be chosen: Kubernetes refuses that too where it has none. */
    private void egress(String path, String type) {
        if (type.isEmpty()) {
            return;
        }
        problems.add(Problem.invalid(
                path,
                type,
                EGRESS.contains(type)
                        ? "egress lookup required with egress selector type " + Quoted.go(type)
                                + ": this server has no egress selectors, leave the field out"
                        : "egress selector must be either controlplane or cluster"));
    }
}

package dev.muster.crypto.x509;

import dev.muster.core.identity.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One search for a way from a leaf to a root, depth first, in the order and with the bounds of Go's {@code crypto/x509}: at most
 * {@value #MOST_SIGNATURES} signatures are verified whatever is presented.
 */
final class ChainSearch {

    static final int MOST_SIGNATURES = 100;

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** Why a candidate was not taken. */
    record Failure(Reason reason, String what) {}

    private final TrustBundle bundle;
    private final List<ParsedCertificate> intermediates;
    private final SignatureCheck signatures;
    private final Instant now;
    private int verified;
    private Failure first;

    ChainSearch(TrustBundle bundle, List<ParsedCertificate> intermediates, SignatureCheck signatures, Instant now) {
        this.bundle = bundle;
        this.intermediates = intermediates;
        this.signatures = signatures;
        this.now = now;
    }

    /** A chain from this leaf to a root that is good for client authentication; or {@link #failure()} says why there is none. */
    Optional<List<ParsedCertificate>> from(ParsedCertificate leaf) {
        var unfit = unfit(leaf, List.of(), Kind.LEAF);
        if (unfit.isPresent()) {
            first = unfit.get();
            return Optional.empty();
        }
        if (bundle.named(leaf.subject()).stream().anyMatch(leaf::sameAs)) {
            return complete(List.of(leaf));
        }
        var found = extend(List.of(leaf));
        if (found.isEmpty() && first == null) {
            first = new Failure(Reason.UNTRUSTED, "certificate signed by unknown authority");
        }
        return found;
    }

    Failure failure() {
        return first;
    }

    private enum Kind {
        LEAF,
        INTERMEDIATE,
        ROOT
    }

    private Optional<List<ParsedCertificate>> extend(List<ParsedCertificate> chain) {
        var child = chain.getLast();
        for (var root : byKeyId(child, bundle.named(child.issuer()))) {
            if (acceptable(root, chain, Kind.ROOT)) {
                var whole = complete(plus(chain, root));
                if (whole.isPresent()) {
                    return whole;
                }
            }
        }
        var named = intermediates.stream()
                .filter(i -> Arrays.equals(i.subject(), child.issuer()))
                .toList();
        for (var intermediate : byKeyId(child, named)) {
            if (acceptable(intermediate, chain, Kind.INTERMEDIATE)) {
                var whole = extend(plus(chain, intermediate));
                if (whole.isPresent()) {
                    return whole;
                }
            }
        }
        return Optional.empty();
    }

    /** Those whose key identifier is the one the child names, then those without one, then the others. */
    private static List<ParsedCertificate> byKeyId(ParsedCertificate child, List<ParsedCertificate> parents) {
        byte[] wanted = child.extensions().authorityKeyId();
        if (parents.size() < 2) {
            return parents;
        }
        var sorted = new ArrayList<>(parents);
        sorted.sort((a, b) -> Integer.compare(distance(wanted, a), distance(wanted, b)));
        return sorted;
    }

    private static int distance(byte[] wanted, ParsedCertificate parent) {
        byte[] own = parent.extensions().subjectKeyId();
        if (wanted.length > 0 && Arrays.equals(wanted, own)) {
            return 0;
        }
        return wanted.length == 0 || own.length == 0 ? 1 : 2;
    }

    private boolean acceptable(ParsedCertificate parent, List<ParsedCertificate> chain, Kind kind) {
        if (chain.stream().anyMatch(parent::sameHolderAs)) {
            return false;
        }
        if (verified >= MOST_SIGNATURES) {
            remember(new Failure(Reason.UNTRUSTED, "signature check attempts limit reached while verifying chain"));
            return false;
        }
        verified++;
        var unsigned = signatures.problem(chain.getLast(), parent);
        if (unsigned.isPresent()) {
            remember(new Failure(Reason.UNTRUSTED, unsigned.get() + besides(parent)));
            return false;
        }
        var unfit = unfit(parent, chain, kind);
        unfit.ifPresent(f -> remember(new Failure(f.reason(), f.what() + besides(parent))));
        return unfit.isEmpty();
    }

    private static String besides(ParsedCertificate parent) {
        return " (while trying the authority " + parent.identifier() + ")";
    }

    private Optional<Failure> unfit(ParsedCertificate candidate, List<ParsedCertificate> chain, Kind kind) {
        var extensions = candidate.extensions();
        if (!extensions.unknownCritical().isEmpty()) {
            return failure(Reason.UNTRUSTED, "unhandled critical extension " + extensions.unknownCritical());
        }
        if (now.isBefore(candidate.notBefore())) {
            return failure(
                    Reason.NOT_YET_VALID,
                    "certificate is not yet valid: current time " + now + " is before " + candidate.notBefore());
        }
        if (now.isAfter(candidate.notAfter())) {
            return failure(
                    Reason.EXPIRED,
                    "certificate has expired: current time " + now + " is after " + candidate.notAfter());
        }
        var weak = signatures.weakness(candidate);
        if (weak.isPresent()) {
            return failure(Reason.UNTRUSTED, weak.get());
        }
        if (kind == Kind.LEAF) {
            return Optional.empty();
        }
        if (kind == Kind.INTERMEDIATE && !(extensions.hasBasicConstraints() && extensions.isAuthority())) {
            return failure(Reason.UNTRUSTED, "certificate is not authorized to sign other certificates");
        }
        if (extensions.pathLength() >= 0 && chain.size() - 1 > extensions.pathLength()) {
            return failure(Reason.UNTRUSTED, "too many intermediates for path length constraint");
        }
        for (var below : chain) {
            var outside = extensions.constraints().violation(below.extensions().names());
            if (outside.isPresent()) {
                return failure(Reason.UNTRUSTED, outside.get());
            }
        }
        return Optional.empty();
    }

    /** The chain reaches a root; is every certificate of it good for authenticating clients? */
    private Optional<List<ParsedCertificate>> complete(List<ParsedCertificate> chain) {
        for (var certificate : chain) {
            var purposes = certificate.extensions().purposes();
            if (!purposes.isEmpty() && !purposes.contains(CLIENT_AUTH) && !purposes.contains(ANY_PURPOSE)) {
                remember(new Failure(Reason.WRONG_PURPOSE, "certificate specifies an incompatible key usage"));
                return Optional.empty();
            }
        }
        return Optional.of(chain);
    }

    private void remember(Failure failure) {
        if (first == null) {
            first = failure;
        }
    }

    private static Optional<Failure> failure(Reason reason, String what) {
        return Optional.of(new Failure(reason, what));
    }

    private static List<ParsedCertificate> plus(List<ParsedCertificate> chain, ParsedCertificate next) {
        var longer = new ArrayList<>(chain);
        longer.add(next);
        return longer;
    }
}

package dev.muster.crypto.x509;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The extensions of one certificate (RFC 5280 section 4.2) as far as they decide whether a client's chain is good. */
final class Extensions {

    private static final int KEY_CERT_SIGN = 0x04;

    private static final int MOST = 64;

    private boolean basicConstraints;
    private boolean authority;
    private int pathLength = -1;
    private boolean usageStated;
    private boolean signs;
    private final Set<String> purposes = new LinkedHashSet<>();
    private byte[] subjectKeyId = {};
    private byte[] authorityKeyId = {};
    private byte[] alternativeNames = {};
    private final List<Der.Element> names = new ArrayList<>();
    private NameConstraints constraints = NameConstraints.NONE;
    private final List<String> unknownCritical = new ArrayList<>();

    private Extensions() {}

    static Extensions none() {
        return new Extensions();
    }

    static Extensions read(Der list) throws MalformedDer {
        var read = new Extensions();
        var seen = new HashSet<String>();
        while (list.more()) {
            var extension = list.next(Der.SEQUENCE).inside();
            String oid = extension.next(Der.OID).oid();
            boolean critical =
                    extension.peek() == Der.BOOLEAN && extension.next().bool();
            var value = extension.next(Der.OCTET_STRING);
            extension.done();
            Der.need(seen.add(oid), "an extension that stands twice: " + oid);
            Der.need(seen.size() <= MOST, "too many extensions");
            if (!read.take(oid, value.inside(), critical) && critical) {
                read.unknownCritical.add(oid);
            }
        }
        return read;
    }

    /** Takes one extension in; false when its meaning was not, or not wholly, taken in. */
    private boolean take(String oid, Der value, boolean critical) throws MalformedDer {
        switch (oid) {
            case "2.5.29.14" -> {
                Der.need(!critical, "a subject key identifier marked critical");
                subjectKeyId = value.next(Der.OCTET_STRING).value();
                value.done();
            }
            case "2.5.29.15" -> keyUsage(value);
            case "2.5.29.17" -> {
                return alternativeNames(value);
            }
            case "2.5.29.19" -> basicConstraints(value);
            case "2.5.29.30" -> {
                constraints = NameConstraints.read(value);
                return constraints.complete();
            }
            case "2.5.29.35" -> {
                Der.need(!critical, "an authority key identifier marked critical");
                authorityKeyId(value);
            }
            case "2.5.29.37" -> purposes(value);
            case "2.5.29.31", "2.5.29.32" -> {
                // where revocation lists lie, under which policies it was issued: neither changes whose certificate it
                // is
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void keyUsage(Der value) throws MalformedDer {
        var bits = value.next(Der.BIT_STRING).value();
        value.done();
        Der.need(bits.length >= 1 && bits[0] >= 0 && bits[0] <= 7, "a key usage that cannot be read");
        for (int i = 1; i < bits.length; i++) {
            usageStated |= bits[i] != 0;
        }
        signs = bits.length > 1 && (bits[1] & KEY_CERT_SIGN) != 0;
    }

    private boolean alternativeNames(Der value) throws MalformedDer {
        var list = value.next(Der.SEQUENCE);
        value.done();
        alternativeNames = list.whole();
        var each = list.inside();
        boolean understood = false;
        while (each.more()) {
            var name = each.next();
            names.add(name);
            understood |= switch (name.tag()) {
                case NameConstraints.EMAIL, NameConstraints.DNS, NameConstraints.URI, NameConstraints.IP -> true;
                default -> false;
            };
        }
        return understood;
    }

    private void basicConstraints(Der value) throws MalformedDer {
        var inside = value.next(Der.SEQUENCE).inside();
        value.done();
        basicConstraints = true;
        authority = inside.peek() == Der.BOOLEAN && inside.next().bool();
        if (inside.peek() == Der.INTEGER) {
            var length = inside.next().integer();
            Der.need(length.signum() >= 0 && length.bitLength() < 31, "a path length beyond reason");
            pathLength = length.intValue();
        }
        inside.done();
    }

    private void authorityKeyId(Der value) throws MalformedDer {
        var inside = value.next(Der.SEQUENCE).inside();
        value.done();
        if (inside.peek() == 0x80) {
            authorityKeyId = inside.next().value();
        }
    }

    private void purposes(Der value) throws MalformedDer {
        var inside = value.next(Der.SEQUENCE).inside();
        value.done();
        while (inside.more()) {
            purposes.add(inside.next(Der.OID).oid());
        }
    }

    boolean hasBasicConstraints() {
        return basicConstraints;
    }

    boolean isAuthority() {
        return authority;
    }

    /** How many intermediates may stand below; -1 for any number. */
    int pathLength() {
        return pathLength;
    }

    /** A certificate that says nothing of its key's usage may do all. */
    boolean maySignCertificates() {
        return !usageStated || signs;
    }

    Set<String> purposes() {
        return purposes;
    }

    byte[] subjectKeyId() {
        return subjectKeyId;
    }

    byte[] authorityKeyId() {
        return authorityKeyId;
    }

    /** The whole extension value, to compare; empty when absent. */
    byte[] alternativeNames() {
        return alternativeNames;
    }

    List<Der.Element> names() {
        return names;
    }

    NameConstraints constraints() {
        return constraints;
    }

    List<String> unknownCritical() {
        return unknownCritical;
    }
}

package dev.muster.crypto.x509;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Name constraints (RFC 5280 section 4.2.1.10) for the four kinds of alternative names that Go knows: DNS, address, mail, URI.
 * Constraints on other kinds are not understood, so that a critical extension with one makes its certificate unusable.
 */
final class NameConstraints {

    static final int EMAIL = 0x81;
    static final int DNS = 0x82;
    static final int URI = 0x86;
    static final int IP = 0x87;

    static final NameConstraints NONE = new NameConstraints();

    private static final int MOST = 1024;

    /** Names times constraints: an authority may not keep its verifier busy (CVE-2025-58187 of Go). */
    private static final int MOST_COMPARISONS = 250_000;

    private final List<Constraint> permitted = new ArrayList<>();
    private final List<Constraint> excluded = new ArrayList<>();
    private boolean complete = true;

    private record Constraint(int kind, byte[] value) {

        String text() {
            return new String(value, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        }
    }

    private NameConstraints() {}

    static NameConstraints read(Der value) throws MalformedDer {
        var read = new NameConstraints();
        var inside = value.next(Der.SEQUENCE).inside();
        value.done();
        if (inside.peek() == 0xa0) {
            read.subtrees(inside.next().inside(), read.permitted);
        }
        if (inside.peek() == 0xa1) {
            read.subtrees(inside.next().inside(), read.excluded);
        }
        inside.done();
        Der.need(!read.complete || !read.permitted.isEmpty() || !read.excluded.isEmpty(), "empty name constraints");
        return read;
    }

    private void subtrees(Der list, List<Constraint> into) throws MalformedDer {
        while (list.more()) {
            var subtree = list.next(Der.SEQUENCE).inside();
            var base = subtree.next();
            subtree.done();
            Der.need(permitted.size() + excluded.size() < MOST, "too many name constraints");
            switch (base.tag()) {
                case EMAIL, DNS, URI -> {
                    for (byte b : base.value()) {
                        Der.need(b > 0x20 && b < 0x7f, "a name constraint that is no name");
                    }
                    into.add(new Constraint(base.tag(), base.value()));
                }
                case IP -> {
                    Der.need(isNetwork(base.value()), "a name constraint that is no network");
                    into.add(new Constraint(IP, base.value()));
                }
                default -> complete = false;
            }
        }
    }

    private static boolean isNetwork(byte[] value) {
        if (value.length != 8 && value.length != 32) {
            return false;
        }
        boolean ended = false;
        for (int bit = value.length * 4; bit < value.length * 8; bit++) {
            boolean one = (value[bit / 8] >> (7 - bit % 8) & 1) == 1;
            if (one && ended) {
                return false;
            }
            ended |= !one;
        }
        return true;
    }

    /** Whether all of it was understood. */
    boolean complete() {
        return complete;
    }

    /** The first of these alternative names that lies outside; empty when all are fine. */
    Optional<String> violation(List<Der.Element> names) {
        if (permitted.isEmpty() && excluded.isEmpty()) {
            return Optional.empty();
        }
        if ((long) names.size() * (permitted.size() + excluded.size()) > MOST_COMPARISONS) {
            return Optional.of("too many alternative names for so many name constraints");
        }
        for (var name : names) {
            var problem = problem(name);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(Der.Element name) {
        int kind = name.tag();
        if (kind != EMAIL && kind != DNS && kind != URI && kind != IP) {
            return Optional.empty();
        }
        try {
            for (var constraint : excluded) {
                if (constraint.kind() == kind && matches(name.value(), constraint, true)) {
                    return Optional.of("an alternative name is excluded by a name constraint");
                }
            }
            boolean limited = false;
            boolean allowed = false;
            for (var constraint : permitted) {
                limited |= constraint.kind() == kind;
                allowed |= constraint.kind() == kind && matches(name.value(), constraint, false);
            }
            return limited && !allowed
                    ? Optional.of("an alternative name is not permitted by any name constraint")
                    : Optional.empty();
        } catch (MalformedDer e) {
            return Optional.of("an alternative name cannot be held against the name constraints: " + e.getMessage());
        }
    }

    private static boolean matches(byte[] name, Constraint constraint, boolean excluding) throws MalformedDer {
        return switch (constraint.kind()) {
            case IP -> inNetwork(name, constraint.value());
            case EMAIL -> mail(text(name), constraint.text());
            case URI -> domain(host(text(name)), constraint.text(), false);
            default -> domain(text(name), constraint.text(), excluding);
        };
    }

    private static String text(byte[] name) throws MalformedDer {
        for (byte b : name) {
            Der.need(b > 0x20 && b < 0x7f, "a name that is not plain ASCII");
        }
        return new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static boolean inNetwork(byte[] address, byte[] network) throws MalformedDer {
        Der.need(address.length == 4 || address.length == 16, "an address of neither 4 nor 16 bytes");
        if (network.length != address.length * 2) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            if (((address[i] ^ network[i]) & network[address.length + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean mail(String mailbox, String constraint) throws MalformedDer {
        int at = mailbox.lastIndexOf('@');
        Der.need(at > 0 && at < mailbox.length() - 1, "a mail address without a domain");
        if (constraint.indexOf('@') >= 0) {
            return mailbox.equals(constraint);
        }
        return domain(mailbox.substring(at + 1), constraint, false);
    }

    private static String host(String uri) throws MalformedDer {
        try {
            String host = new URI(uri).getHost();
            Der.need(host != null && !host.isEmpty(), "a URI without a host");
            Der.need(!host.startsWith("[") && !host.matches("[0-9.]+"), "a URI with an address for host");
            return host;
        } catch (URISyntaxException e) {
            throw new MalformedDer("a URI that cannot be read");
        }
    }

    /**
     * Whether a domain lies in a subtree. A wildcard stands for any one label, so that for an exclusion it meets every label
     * (CVE-2025-61727 of Go).
     */
    private static boolean domain(String domain, String constraint, boolean excluding) throws MalformedDer {
        if (constraint.isEmpty()) {
            return true;
        }
        boolean below = constraint.startsWith(".");
        var wanted = labels(below ? constraint.substring(1) : constraint);
        var own = labels(domain);
        if (own.size() < wanted.size() || below && own.size() == wanted.size()) {
            return false;
        }
        var end = own.subList(own.size() - wanted.size(), own.size());
        for (int i = 0; i < wanted.size(); i++) {
            boolean wild = excluding && end.get(i).equals("*");
            if (!wild && !end.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> labels(String domain) throws MalformedDer {
        var labels = Arrays.asList(domain.split("\\.", -1));
        Der.need(labels.stream().noneMatch(String::isEmpty), "a domain with an empty label");
        return labels;
    }
}

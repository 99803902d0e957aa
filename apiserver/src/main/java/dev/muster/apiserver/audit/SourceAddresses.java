package dev.muster.apiserver.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * From where a request came, as Kubernetes tells it: what {@code X-Forwarded-For} says, what {@code X-Real-Ip} adds, and last the
 * peer of the connection. Only the last cannot be made up by the client.
 */
final class SourceAddresses {

    /** Those nearest to us are kept: the far end of a longer list is anybody's invention. */
    private static final int MOST = 32;

    private SourceAddresses() {}

    /**
     * @param forwarded the first X-Forwarded-For header, or empty
     * @param real the first X-Real-Ip header, or empty
     * @param peer null = not known
     */
    static List<String> of(String forwarded, String real, InetAddress peer) {
        var all = new ArrayList<String>(2);
        if (!forwarded.isEmpty()) {
            for (String part : forwarded.split(",", -1)) {
                add(all, part.strip());
            }
        }
        if (!real.isEmpty()) {
            String address = address(real);
            if (!address.isEmpty() && !all.contains(address)) {
                all.add(address);
            }
        }
        if (peer != null) {
            String address = text(peer);
            if (all.isEmpty() || !all.getLast().equals(address)) {
                all.add(address);
            }
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    private static void add(List<String> all, String part) {
        String address = address(part);
        if (!address.isEmpty()) {
            all.add(address);
        }
    }

    /** The address in Go's spelling; empty when it is none. Names are not looked up. */
    private static String address(String literal) {
        if (literal.length() > 45 || !isV4(literal) && !isV6(literal)) {
            return "";
        }
        try {
            return text(InetAddress.ofLiteral(isV4(literal) ? plain(literal) : literal));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isV4(String text) {
        return text.matches("[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}");
    }

    private static boolean isV6(String text) {
        return text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
    }

    /** Leading zeros are read as decimal, as Kubernetes' sloppy parser does. */
    private static String plain(String v4) {
        var parts = v4.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Integer.toString(Integer.parseInt(parts[i]));
        }
        return String.join(".", parts);
    }

    /** RFC 5952: the longest run of zeros as two colons. An IPv4 address in IPv6 clothes is the IPv4 address. */
    private static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        var groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int from = -1;
        int run = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > run) {
                from = i;
                run = end - i;
            }
        }
        var out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                out.append("::");
                i += run - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}

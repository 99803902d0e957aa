package dev.muster.server.smallca;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which names can be certified. */
final class Names {

    /** X.520's upper bound for common names and organizations. */
    private static final int LONGEST = 64;

    private Names() {}

    /** Notes what is wrong with the name of a person, group or authority. */
    static void checkPerson(Flags flags, String flag, String name) {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            flags.problem(flag, Quote.go(name) + ": must be 1 to " + LONGEST + " printable characters");
        }
    }

    /** Notes what is wrong with DNS names and addresses. */
    static void checkHosts(Flags flags, String flag, List<String> hosts) {
        for (String host : hosts) {
            if (!isHost(host)) {
                flags.problem(flag, Quote.go(host) + ": must be a DNS name in lower case, *.NAME, or an IP address");
            }
        }
    }

    static boolean isHost(String host) {
        return isAddress(host) || !looksLikeAddress(host) && isDnsName(host);
    }

    private static boolean looksLikeAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static boolean isAddress(String host) {
        if (host.matches("(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}")) {
            return true;
        }
        if (!host.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*")) {
            return false;
        }
        try {
            // With a colon in it, no name server is asked.
            return InetAddress.getByName(host) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isDnsName(String host) {
        String name = host.startsWith("*.") ? host.substring(2) : host;
        return dev.muster.api.strategy.Names.dnsSubdomainProblems(name, false).isEmpty();
    }
}

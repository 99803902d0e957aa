package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.muster.authn.cel.Overload.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Kubernetes' functions of IP addresses and of networks in CIDR notation. */
final class NetworkFunctions {

    static final OpaqueType IP = OpaqueType.create("net.IP");
    static final OpaqueType CIDR = OpaqueType.create("net.CIDR");

    private NetworkFunctions() {}

    static List<Overload> all() {
        var all = new ArrayList<>(List.of(
                Overload.global("ip", "string_to_ip", IP, STRING, String.class, NetworkFunctions::ip),
                Overload.global(
                        "isIP",
                        "is_ip",
                        BOOL,
                        STRING,
                        String.class,
                        text -> IpAddress.parse(text).isPresent()),
                Overload.global(
                        "ip.isCanonical",
                        "ip_is_canonical",
                        BOOL,
                        STRING,
                        String.class,
                        text -> ip(text).toString().equals(text)),
                Overload.global("string", "ip_to_string", STRING, IP, IpAddress.class, IpAddress::toString),
                Overload.member("family", "ip_family", INT, IP, IpAddress.class, ip -> (long) ip.family()),
                is("isUnspecified", "ip_is_unspecified", IpAddress::isUnspecified),
                is("isLoopback", "ip_is_loopback", IpAddress::isLoopback),
                is("isLinkLocalMulticast", "ip_is_link_local_multicast", IpAddress::isLinkLocalMulticast),
                is("isLinkLocalUnicast", "ip_is_link_local_unicast", IpAddress::isLinkLocalUnicast),
                is("isGlobalUnicast", "ip_is_global_unicast", IpAddress::isGlobalUnicast)));
        all.addAll(networks());
        return all;
    }

    private static List<Overload> networks() {
        return List.of(
                Overload.global("cidr", "string_to_cidr", CIDR, STRING, String.class, NetworkFunctions::cidr),
                Overload.global(
                        "isCIDR",
                        "is_cidr",
                        BOOL,
                        STRING,
                        String.class,
                        text -> IpNetwork.parse(text).isPresent()),
                Overload.global("string", "cidr_to_string", STRING, CIDR, IpNetwork.class, IpNetwork::toString),
                contains(
                        "containsIP",
                        "cidr_contains_ip_string",
                        STRING,
                        String.class,
                        (net, ip) -> net.contains(ip(ip))),
                contains("containsIP", "cidr_contains_ip_ip", IP, IpAddress.class, IpNetwork::contains),
                contains(
                        "containsCIDR",
                        "cidr_contains_cidr_string",
                        STRING,
                        String.class,
                        (net, other) -> net.contains(cidr(other))),
                contains("containsCIDR", "cidr_contains_cidr", CIDR, IpNetwork.class, IpNetwork::contains),
                Overload.member("ip", "cidr_ip", IP, CIDR, IpNetwork.class, IpNetwork::address),
                Overload.member("masked", "cidr_masked", CIDR, CIDR, IpNetwork.class, IpNetwork::masked),
                Overload.member(
                        "prefixLength", "cidr_prefix_length", INT, CIDR, IpNetwork.class, net -> (long) net.bits()));
    }

    private static Overload is(String function, String id, Predicate<IpAddress> what) {
        return Overload.member(function, id, BOOL, IP, IpAddress.class, what::test);
    }

    private static <B> Overload contains(
            String function,
            String id,
            CelType argument,
            Class<B> type,
            java.util.function.BiFunction<IpNetwork, B, Object> does) {
        return Overload.member(
                function, id, BOOL, List.of(CIDR, argument), new Arguments<>(IpNetwork.class, type), does);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> new Refusal("IP Address parse error during conversion from string"));
    }

    private static IpNetwork cidr(String text) {
        return IpNetwork.parse(text)
                .orElseThrow(() -> new Refusal("network address parse error during conversion from string"));
    }
}

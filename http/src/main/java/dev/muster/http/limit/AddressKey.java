package dev.muster.http.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The unit in which addresses are counted: one of IPv4, or a /64 of IPv6, which is what one customer is usually given and can
 * roam in at will.
 *
 * @param v6 whether {@code bits} is the network half of an IPv6 address, or an IPv4 address
 */
public record AddressKey(boolean v6, long bits) {

    public static AddressKey of(InetAddress address) {
        byte[] bytes = address.getAddress(); // the JDK has already unwrapped IPv4-mapped IPv6
        return bytes.length == 4
                ? new AddressKey(false, ByteBuffer.wrap(bytes).getInt())
                : new AddressKey(true, ByteBuffer.wrap(bytes).getLong());
    }

    private static final String NETWORK = "/64";

    /** {@code 192.0.2.1}, {@code 2001:db8:0:1::/64}; the loopback of IPv6, whose network has nobody else, by its name. */
    public String text() {
        if (v6 && bits == 0) {
            return "::1";
        }
        if (v6) {
            var groups = new StringBuilder();
            for (int shift = 48; shift >= 0; shift -= 16) {
                groups.append(Long.toHexString(bits >>> shift & 0xffff)).append(':');
            }
            return groups.append(':').append(NETWORK).toString();
        }
        return (bits >>> 24 & 0xff) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /**
     * The other way round.
     *
     * @throws IllegalArgumentException if no key has that text
     */
    public static AddressKey parse(String text) {
        boolean network = text.endsWith(NETWORK);
        var key = of(
                // Never a name: nothing is looked up.
                InetAddress.ofLiteral(network ? text.substring(0, text.length() - NETWORK.length()) : text));
        if (!key.text().equals(text)) {
            throw new IllegalArgumentException("no address that is counted: " + text);
        }
        return key;
    }
}

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
}

package dev.muster.authn.cel;

import java.util.Optional;

/**
 * A network in CIDR notation. The address may have bits behind the prefix.
 *
 * @param bits of the prefix
 */
record IpNetwork(IpAddress address, int bits) {

    static Optional<IpNetwork> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .filter(ip -> bits <= ip.bytes().length * 8)
                .map(ip -> new IpNetwork(ip, bits));
    }

    boolean contains(IpAddress other) {
        return other.family() == address.family() && mask(other).equals(mask(address));
    }

    boolean contains(IpNetwork other) {
        return bits <= other.bits && contains(other.address);
    }

    IpNetwork masked() {
        return new IpNetwork(mask(address), bits);
    }

    private IpAddress mask(IpAddress ip) {
        byte[] bytes = ip.bytes();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> kept);
        }
        return new IpAddress(bytes);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}

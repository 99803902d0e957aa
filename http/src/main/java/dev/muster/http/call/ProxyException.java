package dev.muster.http.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of {@code NO_PROXY}.
 *
 * @param name host or domain, in small letters; empty for addresses
 * @param block address bytes; empty for names
 * @param bits how many of them count
 * @param port 0 = any
 */
record ProxyException(String name, byte[] block, int bits, int port) {

    private static final byte[] NO_BYTES = {};

    static ProxyException parse(String entry) {
        String text = entry.toLowerCase(Locale.ROOT);
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return address(text.substring(0, slash))
                    .map(bytes -> new ProxyException("", bytes, bits(text.substring(slash + 1), bytes), 0))
                    .orElseGet(() -> named(text, 0));
        }
        var whole = address(text);
        if (whole.isPresent()) {
            return new ProxyException("", whole.get(), whole.get().length * 8, 0);
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
            String host = text.substring(0, colon);
            int port = Integer.parseInt(text.substring(colon + 1));
            return address(host)
                    .map(bytes -> new ProxyException("", bytes, bytes.length * 8, port))
                    .orElseGet(() -> named(host, port));
        }
        return named(text, 0);
    }

    private static ProxyException named(String text, int port) {
        return new ProxyException(text.startsWith("*.") ? text.substring(1) : text, NO_BYTES, 0, port);
    }

    private static int bits(String text, byte[] of) {
        int most = of.length * 8;
        // A block that cannot be read covers its one address.
        return text.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(text), most) : most;
    }

    boolean covers(String host, int at) {
        if (port != 0 && port != at) {
            return false;
        }
        if (block.length > 0) {
            return address(host).filter(this::isWithin).isPresent();
        }
        return name.equals("*")
                || (name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name));
    }

    private boolean isWithin(byte[] other) {
        if (other.length != block.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(block, 0, whole, other, 0, whole)
                && (rest == 0 || (block[whole] & 0xff) >> (8 - rest) == (other[whole] & 0xff) >> (8 - rest));
    }

    static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || address(host).filter(ProxyException::isLoopback).isPresent();
    }

    private static boolean isLoopback(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** An address as it is written; names are not looked up. */
    private static Optional<byte[]> address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return Optional.of(InetAddress.ofLiteral(bare).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

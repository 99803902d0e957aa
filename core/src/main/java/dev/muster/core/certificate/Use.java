package dev.muster.core.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a certificate was used.
 *
 * @param span first and last; empty = never
 * @param addresses from where, the latest first; only the last few
 * @param addressCount from how many, an estimate where there were more than are kept
 * @param together the last moment at which two addresses used it within a minute of each other: not one person who moves, but
 *     two places at once
 */
public record Use(Optional<Span> span, List<Address> addresses, long addressCount, Optional<Instant> together) {

    public Use {
        addresses = List.copyOf(addresses);
    }

    /** From the first use to the last. */
    public record Span(Instant first, Instant last) {}

    /**
     * One place.
     *
     * @param address an address of IPv4, or a /64 of IPv6
     */
    public record Address(String address, Span span) {}

    /** More than one place has used it. */
    public boolean isShared() {
        return addressCount > 1;
    }
}

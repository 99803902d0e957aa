package dev.muster.http.server;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param address where to listen; port 0 picks a free one
 * @param tls absent serves clear text, HTTP/1.1 only
 * @param clock for the Date header
 */
public record ServerConfig(
        InetSocketAddress address,
        Optional<TlsConfig> tls,
        Limits limits,
        Timeouts timeouts,
        FaultHandler faults,
        InstantSource clock) {

    public ServerConfig {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address to listen on: " + address.getHostString());
        }
    }

    public static ServerConfig of(InetSocketAddress address, TlsConfig tls) {
        return new ServerConfig(
                address,
                Optional.of(tls),
                Limits.DEFAULT,
                Timeouts.DEFAULT,
                FaultHandler.PLAIN,
                InstantSource.system());
    }

    public static ServerConfig clearText(InetSocketAddress address) {
        return new ServerConfig(
                address,
                Optional.empty(),
                Limits.DEFAULT,
                Timeouts.DEFAULT,
                FaultHandler.PLAIN,
                InstantSource.system());
    }

    public ServerConfig with(FaultHandler newFaults) {
        return new ServerConfig(address, tls, limits, timeouts, newFaults, clock);
    }

    public ServerConfig with(Limits newLimits) {
        return new ServerConfig(address, tls, newLimits, timeouts, faults, clock);
    }

    public ServerConfig with(Timeouts newTimeouts) {
        return new ServerConfig(address, tls, limits, newTimeouts, faults, clock);
    }
}

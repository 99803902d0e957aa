package dev.muster.http.call;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy stands between us and whom we call, by {@code HTTPS_PROXY} and {@code NO_PROXY} as Go programs read them: small letters
 * count where capitals are not given; {@code NO_PROXY} lists hosts, {@code .domains}, addresses, CIDR blocks, each perhaps with a
 * port, or {@code *}; this machine itself is never called through a proxy.
 */
public final class ProxyVariables extends ProxySelector {

    private final Optional<InetSocketAddress> proxy;
    private final List<ProxyException> exceptions;

    private ProxyVariables(Optional<InetSocketAddress> proxy, List<ProxyException> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /** No proxy. */
    public static ProxyVariables none() {
        return new ProxyVariables(Optional.empty(), List.of());
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException if the proxy is none that can be used; the message names the variable and not its value
     */
    public static ProxyVariables of(Map<String, String> environment) {
        return new ProxyVariables(
                variable(environment, "HTTPS_PROXY").map(ProxyVariables::address),
                variable(environment, "NO_PROXY").stream()
                        .flatMap(list -> Arrays.stream(list.split(",")))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .map(ProxyException::parse)
                        .toList());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }

    private static InetSocketAddress address(String value) {
        try {
            var uri = new URI(value.contains("://") ? value : "http://" + value);
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "HTTPS_PROXY: a proxy is http://HOST:PORT; TLS to the proxy, SOCKS and passwords are not supported");
            }
            return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("HTTPS_PROXY: not a URL");
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        return proxy.filter(_ -> !isDirect(uri))
                .map(address -> List.of(new Proxy(Proxy.Type.HTTP, resolved(address))))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    private static SocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? 443 : uri.getPort();
        return ProxyException.isThisMachine(host) || exceptions.stream().anyMatch(one -> one.covers(host, port));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // Whoever called is told.
    }
}

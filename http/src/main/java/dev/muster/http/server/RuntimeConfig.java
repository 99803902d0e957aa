package dev.muster.http.server;

/**
 * What the servers of one process share.
 *
 * @param eventLoops threads that do input and output
 * @param cpuThreads threads of {@link dev.muster.http.serve.Lane#CPU}
 * @param cpuQueue work waiting for them; above it requests are answered 429
 * @param connections open at once, of all servers
 * @param connectionsPerAddress open at once from one address (one /64 of IPv6); loopback is not counted, since everything behind
 *     a local proxy has that address
 */
public record RuntimeConfig(int eventLoops, int cpuThreads, int cpuQueue, int connections, int connectionsPerAddress) {

    public RuntimeConfig {
        if (eventLoops < 1 || cpuThreads < 1 || cpuQueue < 1 || connections < 1 || connectionsPerAddress < 1) {
            throw new IllegalArgumentException("every one of these is at least 1");
        }
    }

    public static RuntimeConfig standard() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new RuntimeConfig(cores, Math.max(2, cores), 512, 10_000, 1_000);
    }
}

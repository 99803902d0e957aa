package dev.muster.it.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real nginx or HAProxy of this machine, with the configuration of docs/authenticating-proxy but for its ports. */
final class RealProxy implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path log;

    private RealProxy(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** @param folder with the files that the configuration names */
    static RealProxy nginx(Path folder, int upstream) throws Exception {
        int port = freePort();
        // One process: as root, others of its would be somebody who may not read this folder.
        var command =
                List.of("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-g", "daemon off; master_process off;");
        return start("nginx.conf", folder, port, upstream, command);
    }

    /** @param folder with the files that the configuration names */
    static RealProxy haproxy(Path folder, int upstream) throws Exception {
        return start("haproxy.cfg", folder, freePort(), upstream, List.of("haproxy", "-f", "haproxy.cfg"));
    }

    private static RealProxy start(String file, Path folder, int port, int upstream, List<String> command)
            throws Exception {
        String configuration =
                Files.readString(root().resolve("docs/authenticating-proxy").resolve(file));
        Files.writeString(
                folder.resolve(file),
                configuration
                        .replace("127.0.0.1:8443", "127.0.0.1:" + port)
                        .replace("127.0.0.1:6443", "127.0.0.1:" + upstream));
        Path log = folder.resolve(file + ".log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(command.getFirst() + " is missing: scripts/install-test-tools.sh installs it", e);
        }
        var proxy = new RealProxy(process, port, log);
        proxy.awaitListening();
        return proxy;
    }

    /** The project's, wherever in it the tests run. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs/authenticating-proxy"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private void awaitListening() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assert socket.isConnected();
                return;
            } catch (IOException _) {
                if (!process.isAlive()) {
                    break;
                }
                Thread.sleep(50);
            }
        }
        close();
        throw new AssertionError("does not listen: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException _) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

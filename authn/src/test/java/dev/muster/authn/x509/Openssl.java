package dev.muster.authn.x509;

import dev.muster.crypto.x509.Pem;
import dev.muster.testkit.certs.CertificateCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second opinion: {@code openssl verify -purpose sslclient}. A machine without openssl fails the tests. */
final class Openssl {

    private Openssl() {}

    static boolean accepts(CertificateCase c, Instant at) {
        var folder = folder();
        try {
            return accepts(c, at, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("openssl is needed on this machine", e);
        } finally {
            remove(folder);
        }
    }

    private static boolean accepts(CertificateCase c, Instant at, Path folder) throws IOException {
        var chain = c.presented().chain();
        var command = new ArrayList<>(List.of(
                "openssl",
                "verify",
                "-purpose",
                "sslclient",
                "-auth_level",
                "1",
                "-attime",
                String.valueOf(at.getEpochSecond()),
                "-no-CApath",
                "-no-CAstore",
                "-CAfile",
                file(folder, "roots.pem", Pem.write(c.roots()))));
        if (chain.size() > 1) {
            command.add("-untrusted");
            command.add(file(folder, "chain.pem", Pem.write(chain.subList(1, chain.size()))));
        }
        command.add(file(folder, "leaf.pem", Pem.write(chain.subList(0, 1))));
        return run(command);
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("muster-openssl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static boolean run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("openssl does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (process.exitValue() != 0 && !said.contains("verification failed")) {
            throw new AssertionError("openssl did not judge: " + said);
        }
        return process.exitValue() == 0;
    }
}

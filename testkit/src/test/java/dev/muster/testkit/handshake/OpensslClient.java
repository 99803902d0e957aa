package dev.muster.testkit.handshake;

import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Presents a chain exactly as it is, by {@code openssl s_client}; fails when openssl is missing. */
final class OpensslClient {

    private OpensslClient() {}

    static String ask(CertifiedKey presented, String version, int port) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("muster-handshake");
        try {
            var leaf = Files.writeString(folder.resolve("leaf.pem"), Pem.write(List.of(presented.certificate())));
            var key = Files.writeString(folder.resolve("key.pem"), presented.keyPem());
            var arguments = new ArrayList<>(List.of(
                    version.equals("TLSv1.3") ? "-tls1_3" : "-tls1_2",
                    "-quiet",
                    "-cipher",
                    "DEFAULT@SECLEVEL=0",
                    "-cert",
                    leaf.toString(),
                    "-key",
                    key.toString()));
            if (presented.chain().size() > 1) {
                var rest = presented.chain().subList(1, presented.chain().size());
                arguments.add("-cert_chain");
                arguments.add(Files.writeString(folder.resolve("rest.pem"), Pem.write(rest))
                        .toString());
            }
            String said = talk(port, arguments);
            int body = said.indexOf("\r\n\r\n");
            return body < 0 ? JdkClient.REFUSED : said.substring(body + 4);
        } finally {
            for (String name : List.of("leaf.pem", "key.pem", "rest.pem")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    /** All it says, output and errors; errors first. */
    static String talk(int port, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-ign_eof"));
        command.addAll(arguments);
        Path errors = Files.createTempFile("muster-openssl", ".txt");
        try {
            var process = start(command, errors);
            try (var in = process.getOutputStream()) {
                in.write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // It gave up before it was told what to ask; it says why.
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("openssl did not end");
            }
            return Files.readString(errors, StandardCharsets.ISO_8859_1) + said;
        } finally {
            Files.delete(errors);
        }
    }

    private static Process start(List<String> command, Path errors) throws IOException {
        try {
            return new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new IOException("this test needs openssl (Debian package openssl)", e);
        }
    }
}

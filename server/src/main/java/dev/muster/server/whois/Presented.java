package dev.muster.server.whois;

import dev.muster.core.secret.Secret;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What was given to look at. */
sealed interface Presented {

    /** Where it came from, for people. */
    String origin();

    record Certificate(String origin, List<X509Certificate> chain) implements Presented {}

    record Token(String origin, Secret token) implements Presented {}

    /** A kubeconfig that runs a command to get its credential; it is not run here. */
    record Command(String origin, String command) implements Presented {}

    /** A kubeconfig without any credential. */
    record Nothing(String origin) implements Presented {}

    long LARGEST = 4 << 20;

    /** Reads {@code -}, a file of any of the kinds, or takes the word as a token. All that a kubeconfig presents is listed. */
    static List<Presented> read(String word, InputStream in) throws IOException {
        if (word.equals("-")) {
            byte[] content = in.readNBytes((int) LARGEST);
            return of("standard input", content, Path.of(""));
        }
        Path file = Path.of(word);
        if (Files.isRegularFile(file)) {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is larger than any certificate, kubeconfig or token");
            }
            return of(
                    file.toString(),
                    Files.readAllBytes(file),
                    file.toAbsolutePath().getParent());
        }
        if (word.indexOf('/') >= 0) {
            throw new IOException("there is no file " + word + ", and a token has no slash");
        }
        return List.of(new Token("the command line", Secret.of(word)));
    }

    private static List<Presented> of(String origin, byte[] content, Path folder) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.contains("-----BEGIN")) {
            return List.of(new Certificate(origin, certificates(origin, content)));
        }
        String stripped = text.strip();
        if (!stripped.contains("\n") && !stripped.contains(" ") && !stripped.startsWith("{") && !stripped.isEmpty()) {
            return List.of(new Token(origin, Secret.of(stripped)));
        }
        return of(origin, KubeconfigFile.read(content, folder));
    }

    private static List<Presented> of(String file, KubeconfigFile kubeconfig) throws IOException {
        String origin = file + ", context " + kubeconfig.context();
        var all = new ArrayList<Presented>();
        if (kubeconfig.certificatePem().isPresent()) {
            byte[] pem = kubeconfig.certificatePem().get().getBytes(StandardCharsets.UTF_8);
            all.add(new Certificate(origin, certificates(origin, pem)));
        }
        kubeconfig.token().ifPresent(token -> all.add(new Token(origin, token)));
        kubeconfig.command().ifPresent(command -> all.add(new Command(origin, command)));
        return all.isEmpty() ? List.of(new Nothing(origin)) : all;
    }

    private static List<X509Certificate> certificates(String origin, byte[] pem) throws IOException {
        try {
            return Pem.certificates(pem);
        } catch (MalformedPem e) {
            throw new IOException(origin + ": " + e.getMessage(), e);
        }
    }
}

package dev.muster.server.revoke;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificates of a file: PEM, or a kubeconfig with one in it. */
final class CertificateFile {

    private static final long LARGEST = 1 << 20;

    private CertificateFile() {}

    /** The one it is about first. */
    static List<X509Certificate> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("there is no file " + file + " to read");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any certificate or kubeconfig");
        }
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.contains("-----BEGIN")) {
            return of(file.toString(), text);
        }
        var kubeconfig = KubeconfigFile.read(content, file.toAbsolutePath().getParent());
        if (kubeconfig.certificatePem().isEmpty()) {
            throw new IOException(file
                    + " presents no certificate: take a token back with --token-id, or all of a person's with --user");
        }
        return of(file.toString(), kubeconfig.certificatePem().get());
    }

    /** @param origin for errors */
    static List<X509Certificate> of(String origin, String pem) throws IOException {
        try {
            return Pem.certificates(pem.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedPem e) {
            throw new IOException(origin + ": " + e.getMessage(), e);
        }
    }
}

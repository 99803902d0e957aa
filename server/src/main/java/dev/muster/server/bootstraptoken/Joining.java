package dev.muster.server.bootstraptoken;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Plain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a node needs to join: where, with what, and how to know the server's authority.
 *
 * @param token how a shell comes by it
 * @param hashes of the authorities' public keys, as {@code kubeadm} writes them
 */
record Joining(String server, String token, List<String> hashes) {

    private static final int HTTPS = 443;

    static Joining of(Asking asking, NewToken token, Optional<Path> file) throws IOException {
        return new Joining(
                asking.server(),
                file.map(path -> "\"$(cat " + quoted(path) + ")\"")
                        .orElseGet(() -> token.whole().reveal()),
                hashes(asking.who().caPem().orElse("")));
    }

    /** SHA-256 of each certificate's subject public key info (RFC 5280, section 4.1). */
    static List<String> hashes(String caPem) throws IOException {
        var all = new ArrayList<String>();
        try {
            for (X509Certificate ca : Pem.certificates(caPem.getBytes(StandardCharsets.UTF_8))) {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(ca.getPublicKey().getEncoded());
                all.add("sha256:" + HexFormat.of().formatHex(digest));
            }
            return all;
        } catch (MalformedPem e) {
            throw new IOException("the kubeconfig's certificate authority: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("server        " + Plain.text(server));
        hashes.forEach(hash -> lines.add("ca-cert-hash  " + hash));
        lines.add("");
        lines.add("kubeadm join " + address() + " --token " + token
                + String.join(
                        "",
                        hashes.stream()
                                .map(hash -> " --discovery-token-ca-cert-hash " + hash)
                                .toList()));
        return lines;
    }

    private String address() {
        var uri = URI.create(server);
        return uri.getHost() + ":" + (uri.getPort() < 0 ? HTTPS : uri.getPort());
    }

    /** For a POSIX shell. */
    static String quoted(Path file) {
        String text = file.toString();
        return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

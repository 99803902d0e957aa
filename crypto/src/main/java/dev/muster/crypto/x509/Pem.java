package dev.muster.crypto.x509;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * PEM (RFC 7468): certificates and private keys, bounded and strict inside the blocks; text between blocks is passed over,
 * as openssl writes it.
 */
public final class Pem {

    /** No file of certificates or keys is larger than this many bytes. */
    public static final int LARGEST = 4 << 20;

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /**
     * One block.
     *
     * @param label for example {@code CERTIFICATE}
     */
    public record Block(String label, byte[] der) {}

    /** All blocks in order. */
    public static List<Block> blocks(byte[] file) throws MalformedPem {
        if (file.length > LARGEST) {
            throw new MalformedPem("larger than " + LARGEST + " bytes");
        }
        var blocks = new ArrayList<Block>();
        var lines = new String(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith(BEGIN)) {
                continue;
            }
            if (line.length() < BEGIN.length() + DASHES.length() || !line.endsWith(DASHES)) {
                throw new MalformedPem("line " + (i + 1) + ": a begin line that breaks off");
            }
            String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
            int first = i + 1;
            int last = first;
            String end = "-----END " + label + DASHES;
            while (last < lines.size() && !lines.get(last).equals(end)) {
                last++;
            }
            if (last == lines.size()) {
                throw new MalformedPem("line " + first + ": a block without its end line");
            }
            blocks.add(new Block(label, decode(lines.subList(first, last), first)));
            i = last;
        }
        return blocks;
    }

    private static byte[] decode(List<String> body, int line) throws MalformedPem {
        for (String text : body) {
            if (text.indexOf(':') >= 0) {
                throw new MalformedPem("line " + line + ": a block with headers (an encrypted key?) cannot be read");
            }
        }
        try {
            return Base64.getDecoder().decode(String.join("", body));
        } catch (IllegalArgumentException e) {
            throw new MalformedPem("line " + line + ": a block that is not base64");
        }
    }

    /** The certificates of a file in order, other blocks passed over; at least one. */
    public static List<X509Certificate> certificates(byte[] file) throws MalformedPem {
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks(file)) {
            if (block.label().equals("CERTIFICATE")) {
                found.add(certificate(block.der()));
            }
        }
        if (found.isEmpty()) {
            throw new MalformedPem("no certificate in it");
        }
        return found;
    }

    /** One certificate from its DER, with nothing after it. */
    public static X509Certificate certificate(byte[] der) throws MalformedPem {
        try {
            Der outer = Der.over(der);
            outer.next(Der.SEQUENCE);
            outer.done();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | MalformedDer e) {
            throw new MalformedPem("a certificate that cannot be read: " + e.getMessage());
        }
    }

    /** The first private key of a file: PKCS#8, PKCS#1 (RSA) or SEC1 (EC), unencrypted. */
    public static PrivateKey privateKey(byte[] file) throws MalformedPem {
        for (var block : blocks(file)) {
            switch (block.label()) {
                case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    try {
                        return PrivateKeys.read(block);
                    } finally {
                        Arrays.fill(block.der(), (byte) 0);
                    }
                }
                case "ENCRYPTED PRIVATE KEY" -> throw new MalformedPem("an encrypted private key cannot be read");
                default -> {
                    // certificates and parameters may stand beside the key
                }
            }
        }
        throw new MalformedPem("no private key in it");
    }

    /** Certificates in order, as openssl writes them. */
    public static String write(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        try {
            for (var certificate : certificates) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
        return text.toString();
    }

    /** A private key as PKCS#8. */
    public static String write(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** One block of any label. */
    public static String block(String label, byte[] der) {
        return BEGIN + label + DASHES + "\n" + LINES.encodeToString(der) + "\n-----END " + label + DASHES + "\n";
    }
}

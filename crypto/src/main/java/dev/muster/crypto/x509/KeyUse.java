package dev.muster.crypto.x509;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a certified key may be used for, in the words of Kubernetes' certificates API: a bit of the key usage (RFC 5280 section
 * 4.2.1.3) or a purpose of the extended key usage (section 4.2.1.12).
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/certificate-signing-request-v1/">
 *     CertificateSigningRequest v1, spec.usages</a>
 */
public enum KeyUse {
    SIGNING("signing", 0),
    DIGITAL_SIGNATURE("digital signature", 0),
    CONTENT_COMMITMENT("content commitment", 1),
    KEY_ENCIPHERMENT("key encipherment", 2),
    DATA_ENCIPHERMENT("data encipherment", 3),
    KEY_AGREEMENT("key agreement", 4),
    CERT_SIGN("cert sign", 5),
    CRL_SIGN("crl sign", 6),
    ENCIPHER_ONLY("encipher only", 7),
    DECIPHER_ONLY("decipher only", 8),
    ANY("any", "2.5.29.37.0"),
    SERVER_AUTH("server auth", "1.3.6.1.5.5.7.3.1"),
    CLIENT_AUTH("client auth", "1.3.6.1.5.5.7.3.2"),
    CODE_SIGNING("code signing", "1.3.6.1.5.5.7.3.3"),
    EMAIL_PROTECTION("email protection", "1.3.6.1.5.5.7.3.4"),
    S_MIME("s/mime", "1.3.6.1.5.5.7.3.4"),
    IPSEC_END_SYSTEM("ipsec end system", "1.3.6.1.5.5.7.3.5"),
    IPSEC_TUNNEL("ipsec tunnel", "1.3.6.1.5.5.7.3.6"),
    IPSEC_USER("ipsec user", "1.3.6.1.5.5.7.3.7"),
    TIMESTAMPING("timestamping", "1.3.6.1.5.5.7.3.8"),
    OCSP_SIGNING("ocsp signing", "1.3.6.1.5.5.7.3.9"),
    MICROSOFT_SGC("microsoft sgc", "1.3.6.1.4.1.311.10.3.3"),
    NETSCAPE_SGC("netscape sgc", "2.16.840.1.113730.4.1");

    private final String word;
    private final int bit;
    private final String purpose;

    KeyUse(String word, int bit) {
        this.word = word;
        this.bit = bit;
        this.purpose = "";
    }

    KeyUse(String word, String purpose) {
        this.word = word;
        this.bit = -1;
        this.purpose = purpose;
    }

    /** Kubernetes' word for it. */
    public String word() {
        return word;
    }

    /** By Kubernetes' word, exactly. */
    public static Optional<KeyUse> of(String word) {
        return Arrays.stream(values()).filter(use -> use.word.equals(word)).findFirst();
    }

    /** All words, sorted. */
    public static List<String> words() {
        return Arrays.stream(values()).map(KeyUse::word).sorted().toList();
    }

    /** The bits of the key usage, as BouncyCastle counts them: digitalSignature is 128, decipherOnly 32768. */
    static int bits(Collection<KeyUse> uses) {
        int bits = 0;
        for (KeyUse use : uses) {
            if (use.bit >= 0) {
                bits |= use.bit == 8 ? 1 << 15 : 1 << 7 - use.bit;
            }
        }
        return bits;
    }

    /** The purposes of the extended key usage, each once, in the order of this enumeration. */
    static List<String> purposes(Collection<KeyUse> uses) {
        Set<KeyUse> ordered = EnumSet.noneOf(KeyUse.class);
        ordered.addAll(uses);
        return ordered.stream()
                .map(use -> use.purpose)
                .filter(oid -> !oid.isEmpty())
                .distinct()
                .toList();
    }
}

package dev.muster.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A small certificate authority: P-256 keys, SHA-256 signatures, random serial numbers, validity from five minutes ago (for
 * peers whose clocks are slow) and never beyond the authority's own.
 */
public final class CertificateAuthority {

    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private final CertifiedKey self;
    private final InstantSource clock;
    private final SecureRandom random;

    private CertificateAuthority(CertifiedKey self, InstantSource clock, SecureRandom random) {
        this.self = self;
        this.clock = clock;
        this.random = random;
    }

    /** A new self-signed authority. */
    public static CertificateAuthority create(
            String commonName, Duration validity, InstantSource clock, SecureRandom random) {
        var keys = newKeys(random);
        Instant now = clock.instant();
        var root = Issuing.root(commonName, keys, now.minus(BACKDATE), now.plus(validity), random);
        return new CertificateAuthority(new CertifiedKey(List.of(root), keys.getPrivate()), clock, random);
    }

    /**
     * An authority that exists.
     *
     * @throws IllegalArgumentException when the certificate may not sign others, or is not the key's
     */
    public static CertificateAuthority of(CertifiedKey self, InstantSource clock, SecureRandom random) {
        Objects.requireNonNull(self, "self");
        if (self.certificate().getBasicConstraints() < 0) {
            throw new IllegalArgumentException("the certificate is not one of an authority");
        }
        if (!KeyPairs.match(self.certificate().getPublicKey(), self.key())) {
            throw new IllegalArgumentException("the private key is not the certificate's");
        }
        return new CertificateAuthority(self, clock, random);
    }

    public X509Certificate certificate() {
        return self.certificate();
    }

    /** Certificate and key, to be stored. */
    public CertifiedKey certified() {
        return self;
    }

    /**
     * A client certificate on a new key: who it names is who Kubernetes takes its owner for.
     *
     * @param commonName the user name
     * @param groups one organization each, in this order
     */
    public CertifiedKey issueClient(String commonName, List<String> groups, Duration validity) {
        var keys = newKeys(random);
        return new CertifiedKey(List.of(signClient(commonName, groups, keys.getPublic(), validity)), keys.getPrivate());
    }

    /** A client certificate on somebody's own key. */
    public X509Certificate signClient(String commonName, List<String> groups, PublicKey key, Duration validity) {
        return Issuing.client(self, commonName, groups, key, window(validity), random);
    }

    /**
     * A serving certificate on a new key.
     *
     * @param names DNS names and IP addresses, at least one
     */
    public CertifiedKey issueServing(String commonName, List<String> names, Duration validity) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a serving certificate needs a name");
        }
        var keys = newKeys(random);
        var certificate = Issuing.serving(self, commonName, names, keys.getPublic(), window(validity), random);
        return new CertifiedKey(List.of(certificate), keys.getPrivate());
    }

    /**
     * The certificate that a request asks for: its subject, key and alternative names, nothing else of it.
     *
     * @param until cut to the authority's own end
     * @throws IllegalStateException when the authority itself has expired
     */
    public X509Certificate sign(CertificateRequest request, Collection<KeyUse> uses, Instant from, Instant until) {
        Instant latest = self.certificate().getNotAfter().toInstant();
        if (!clock.instant().isBefore(latest)) {
            throw new IllegalStateException("the signer has expired: NotAfter=" + latest);
        }
        var window = new Issuing.Window(from, until.isAfter(latest) ? latest : until);
        X509Certificate issued = Issuing.requested(self, request, uses, window, random);
        requireSameSubject(request, issued);
        return issued;
    }

    /** What was judged is what is named: another order of the attributes could be another user. */
    private static void requireSameSubject(CertificateRequest request, X509Certificate issued) {
        try {
            if (!DistinguishedName.ofSubject(issued.getEncoded()).equals(request.subject())) {
                throw new IllegalStateException("the subject cannot be certified as it was asked for");
            }
        } catch (MalformedDer | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate was made that cannot be read", e);
        }
    }

    private Issuing.Window window(Duration validity) {
        Instant now = clock.instant();
        Instant end = now.plus(validity);
        Instant latest = self.certificate().getNotAfter().toInstant();
        return new Issuing.Window(now.minus(BACKDATE), end.isAfter(latest) ? latest : end);
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }
}

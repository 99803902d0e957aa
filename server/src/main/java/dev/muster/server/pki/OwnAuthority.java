package dev.muster.server.pki;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The authority of a data directory: made on first use, read later. */
public final class OwnAuthority {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVING_LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final DataDir dir;
    private final CertificateAuthority authority;
    private final InstantSource clock;

    private OwnAuthority(DataDir dir, CertificateAuthority authority, InstantSource clock) {
        this.dir = dir;
        this.authority = authority;
        this.clock = clock;
    }

    /** Reads the authority, or makes it where there is none. A half of it without the other is an error, never replaced. */
    public static OwnAuthority open(DataDir dir, InstantSource clock, SecureRandom random) throws IOException {
        boolean certificate = Files.exists(dir.caCertificate());
        boolean key = Files.exists(dir.caKey());
        if (certificate != key) {
            throw new IOException((certificate ? dir.caKey() : dir.caCertificate())
                    + " is missing beside its other half: restore it, or move both away to begin anew");
        }
        CertificateAuthority authority;
        if (certificate) {
            authority = CertificateAuthority.of(read(dir.caCertificate(), dir.caKey()), clock, random);
        } else {
            authority = CertificateAuthority.create("muster-ca", AUTHORITY_LIFE, clock, random);
            PrivateFile.write(dir.caKey(), authority.certified().keyPem());
            PrivateFile.write(dir.caCertificate(), authority.certified().certificatePem());
        }
        return new OwnAuthority(dir, authority, clock);
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    public String certificatePem() {
        return Pem.write(List.of(authority.certificate()));
    }

    /** For who signs what others ask for. */
    public CertificateAuthority signing() {
        return authority;
    }

    /** The serving certificate for these names and addresses; a new one when the old lacks a name or ends within 30 days. */
    public CertifiedKey serving(Collection<String> names) throws IOException {
        if (Files.exists(dir.servingCertificate()) && Files.exists(dir.servingKey())) {
            CertifiedKey old = read(dir.servingCertificate(), dir.servingKey());
            if (lasts(old.certificate())
                    && namesOf(old.certificate()).containsAll(normal(names))
                    && isOurs(old.certificate())) {
                return old;
            }
        }
        CertifiedKey fresh = authority.issueServing("kube-apiserver", List.copyOf(names), SERVING_LIFE);
        PrivateFile.write(dir.servingKey(), fresh.keyPem());
        PrivateFile.write(dir.servingCertificate(), fresh.certificatePem());
        return fresh;
    }

    /** A client certificate: the user name, and one group for each organization. */
    public CertifiedKey client(String name, List<String> groups, Duration life) {
        return authority.issueClient(name, groups, life);
    }

    /** Whether a certificate need not be renewed yet. */
    public boolean lasts(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        return clock.instant().plus(RENEW_BEFORE).isBefore(end);
    }

    /** Whether this authority signed it; one of an authority that was moved away is of no use. */
    public boolean isOurs(X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> normal(Collection<String> names) {
        return names.stream().map(OwnAuthority::normal).toList();
    }

    /** One form for an address that has several: ::1 is written out in certificates. Names are not looked up. */
    private static String normal(String name) {
        return name.indexOf(':') >= 0 ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static TreeSet<String> namesOf(X509Certificate certificate) {
        var names = new TreeSet<String>();
        try {
            Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .ifPresent(all -> all.forEach(name -> names.add(normal(String.valueOf(name.get(1))))));
        } catch (CertificateParsingException e) {
            return new TreeSet<>();
        }
        return names;
    }

    static CertifiedKey read(Path certificate, Path key) throws IOException {
        try {
            return new CertifiedKey(
                    Pem.certificates(Files.readAllBytes(certificate)), Pem.privateKey(Files.readAllBytes(key)));
        } catch (MalformedPem e) {
            throw new IOException(
                    certificate + " or " + key + ": " + e.getMessage()
                            + ": restore them, or move both away for new ones",
                    e);
        }
    }
}

package dev.muster.server.smallca;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.datadir.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** An authority's folder: {@code ca.crt}, {@code ca.key}, a pair for each name, and what was renewed in {@code old}. */
record PkiFolder(Path dir) {

    static final String AUTHORITY = "ca";

    /** Whether it can be the name of a pair: one plain path segment that hides nothing. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._:@-]{0,199}") && !name.equals(AUTHORITY);
    }

    Path certificateFile(String name) {
        return dir.resolve(name + ".crt");
    }

    Path keyFile(String name) {
        return dir.resolve(name + ".key");
    }

    void init(CertificateAuthority authority) throws IOException {
        makePrivate(dir);
        add(AUTHORITY, authority.certified());
    }

    CertificateAuthority authority(InstantSource clock, SecureRandom random) throws IOException {
        if (!Files.exists(certificateFile(AUTHORITY)) || !Files.exists(keyFile(AUTHORITY))) {
            throw new IOException("there is no authority in " + dir + ": make one with muster pki init --dir " + dir);
        }
        try {
            return CertificateAuthority.of(read(AUTHORITY), clock, random);
        } catch (IllegalArgumentException e) {
            throw new IOException(certificateFile(AUTHORITY) + ": " + e.getMessage(), e);
        }
    }

    CertifiedKey read(String name) throws IOException {
        try {
            return new CertifiedKey(
                    Pem.certificates(Files.readAllBytes(certificateFile(name))),
                    Pem.privateKey(Files.readAllBytes(keyFile(name))));
        } catch (MalformedPem e) {
            throw new IOException(certificateFile(name) + " or its key: " + e.getMessage(), e);
        }
    }

    /** Adds a pair; what is there is not overwritten. */
    void add(String name, CertifiedKey pair) throws IOException {
        NewFiles.pair(keyFile(name), pair.keyPem(), certificateFile(name), pair.certificatePem());
    }

    /** Puts a new pair in the place of the old one, which is kept in {@code old} under its serial number. */
    void replace(String name, X509Certificate old, CertifiedKey fresh) throws IOException {
        Path attic = dir.resolve("old");
        makePrivate(attic);
        String kept = name + "-" + old.getSerialNumber().toString(16);
        keep(keyFile(name), attic.resolve(kept + ".key"));
        keep(certificateFile(name), attic.resolve(kept + ".crt"));
        PrivateFile.write(keyFile(name), fresh.keyPem());
        PrivateFile.write(certificateFile(name), fresh.certificatePem());
        Files.setPosixFilePermissions(certificateFile(name), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** All certificates by the names of their files. */
    Map<String, X509Certificate> certificates() throws IOException {
        var all = new TreeMap<String, X509Certificate>();
        try (var files = Files.newDirectoryStream(dir, "*.crt")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                try {
                    all.put(
                            name.substring(0, name.length() - ".crt".length()),
                            Pem.certificates(Files.readAllBytes(file)).getFirst());
                } catch (MalformedPem e) {
                    throw new IOException(file + ": " + e.getMessage(), e);
                }
            }
        }
        return all;
    }

    /** A renewal that broke off has kept it already. */
    private static void keep(Path file, Path kept) throws IOException {
        if (!Files.exists(kept)) {
            Files.createLink(kept, file);
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}

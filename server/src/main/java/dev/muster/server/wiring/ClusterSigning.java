package dev.muster.server.wiring;

import dev.muster.apiserver.controllers.csrsigning.AuthoritySigner;
import dev.muster.apiserver.controllers.csrsigning.Signer;
import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.pki.OwnAuthority;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Who signs approved requests: the authority of the user's files, read again when they change, or our own. */
final class ClusterSigning {

    private ClusterSigning() {}

    static Signer signer(
            ApiserverOptions.Signing options,
            OwnAuthority own,
            InstantSource clock,
            SecureRandom random,
            ScheduledExecutorService timer)
            throws ConfigurationException {
        Supplier<CertificateAuthority> authority = own::signing;
        if (options.authority().isPresent()) {
            var files = options.authority().get();
            try {
                authority = ReloadingFiles.open(
                                List.of(files.certificate(), files.key()),
                                Pem.LARGEST,
                                contents -> read(contents, clock, random),
                                new ReloadLog("cluster signing authority"))
                        .every(ReloadingFiles.OFTEN, timer);
            } catch (IOException | ReloadingFiles.Malformed e) {
                throw new ConfigurationException(
                        "--cluster-signing-cert-file, --cluster-signing-key-file",
                        files.certificate() + ", " + files.key() + ": " + e.getMessage());
            }
        }
        return new AuthoritySigner(authority, options.longest(), clock);
    }

    private static CertificateAuthority read(List<byte[]> contents, InstantSource clock, SecureRandom random)
            throws ReloadingFiles.Malformed {
        try {
            var pair = new CertifiedKey(Pem.certificates(contents.get(0)), Pem.privateKey(contents.get(1)));
            return CertificateAuthority.of(pair, clock, random);
        } catch (MalformedPem | IllegalArgumentException e) {
            throw new ReloadingFiles.Malformed(e.getMessage(), e);
        }
    }
}

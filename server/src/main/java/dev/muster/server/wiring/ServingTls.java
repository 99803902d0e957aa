package dev.muster.server.wiring;

import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.tls.ServerTls;
import dev.muster.crypto.tls.ServingIdentity;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.pki.OwnAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * The identity the server shows: the user's files, or one of our own authority.
 *
 * @param caPem what clients must trust
 */
record ServingTls(ServerTls tls, String caPem) {

    static ServingTls open(
            ApiserverOptions.Serving options,
            OwnAuthority authority,
            Supplier<List<X509Certificate>> hints,
            ScheduledExecutorService scheduler)
            throws ConfigurationException, IOException {
        Supplier<ServingIdentity> identity;
        String caPem;
        if (options.certificate().isPresent()) {
            var files = options.certificate().get();
            try {
                identity = ServingIdentity.open(files.certificate(), files.key(), new ReloadLog("serving certificate"))
                        .every(ReloadingFiles.OFTEN, scheduler);
            } catch (IOException | ReloadingFiles.Malformed e) {
                throw new ConfigurationException(
                        "--tls-cert-file, --tls-private-key-file",
                        files.certificate() + ", " + files.key() + ": " + e.getMessage());
            }
            caPem = Files.readString(files.certificate());
        } else {
            var own = new ServingIdentity(authority.serving(names(options)));
            identity = () -> own;
            caPem = authority.certificatePem();
        }
        var version = options.minTls().equals("TLSv1.3") ? ServerTls.Version.TLS_1_3 : ServerTls.Version.TLS_1_2;
        return new ServingTls(new ServerTls(identity, hints, version, options.cipherSuites()), caPem);
    }

    /** What clients may call this server by: as kube-apiserver's own certificates name it. */
    private static List<String> names(ApiserverOptions.Serving options) {
        var names = new TreeSet<>(List.of(
                "localhost",
                "127.0.0.1",
                "::1",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local"));
        names.add(options.advertised());
        if (!options.bind().isAnyLocalAddress()) {
            names.add(options.bind().getHostAddress());
        }
        return List.copyOf(names);
    }
}

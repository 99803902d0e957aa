package dev.muster.server.pki;

import dev.muster.core.secret.Secret;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.kubeconfig.Kubeconfig;
import dev.muster.server.kubeconfig.Kubeconfig.Credential;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Kubeconfigs with client certificates of our own authority. As kubeadm does it, the administrator is no
 * {@code system:masters}: his group is bound to cluster-admin by RBAC and can be unbound.
 */
public final class AdminKubeconfig {

    /** The administrator's group, bound to cluster-admin at start. */
    public static final String GROUP = "kubeadm:cluster-admins";

    /** Its user. */
    public static final String NAME = "kubernetes-admin";

    private static final Duration LIFE = Duration.ofDays(365);

    private AdminKubeconfig() {}

    /** Writes the administrator's kubeconfig unless the one that is there is still good for this server. */
    public static void ensure(Path file, OwnAuthority authority, String server, String caPem) throws IOException {
        ensureClient(file, authority, server, caPem, NAME, List.of(GROUP));
    }

    /** The same for anybody. */
    public static void ensureClient(
            Path file, OwnAuthority authority, String server, String caPem, String name, List<String> groups)
            throws IOException {
        if (!isStillGood(file, authority, server)) {
            CertifiedKey person = authority.client(name, groups, LIFE);
            write(file, server, caPem, name, person);
        }
    }

    /** Writes a kubeconfig for a certificate. */
    public static void write(Path file, String server, String caPem, String name, CertifiedKey person)
            throws IOException {
        var credential = new Credential.Certificate(person.certificatePem(), Secret.of(person.keyPem()));
        PrivateFile.write(file, new Kubeconfig("muster", server, caPem, name, credential).toYaml());
    }

    private static boolean isStillGood(Path file, OwnAuthority authority, String server) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            var old = KubeconfigFile.read(Files.readAllBytes(file), file.getParent());
            if (old.certificatePem().isEmpty() || !old.server().equals(server)) {
                return false;
            }
            var certificate = Pem.certificates(old.certificatePem().get().getBytes(StandardCharsets.UTF_8))
                    .getFirst();
            return authority.lasts(certificate) && authority.isOurs(certificate);
        } catch (IOException | MalformedPem e) {
            return false;
        }
    }
}

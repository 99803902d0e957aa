package dev.muster.it.wire;

import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.server.config.ApiserverFlags;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.pki.AdminKubeconfig;
import dev.muster.server.wiring.Apiserver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole server, as {@code muster apiserver} starts it from flags, on a free port and a folder of its own. */
final class WholeServer implements AutoCloseable {

    /** A person whom nothing is granted but what everybody may. */
    static final String JANES_TOKEN = "janes-token-0d4f1c5b7a";

    /** A person who may do anything. */
    static final String ADMINS_TOKEN = "admins-token-93be6f20c1";

    private final Apiserver server;

    private WholeServer(Apiserver server) {
        this.server = server;
    }

    static WholeServer start(Path folder, String... more) throws Exception {
        Path tokens = folder.resolve("tokens.csv");
        Files.writeString(
                tokens,
                JANES_TOKEN + ",jane,u-jane,\"developers\"\n" + ADMINS_TOKEN + ",root,u-root,\"system:masters\"\n");
        var arguments = new ArrayList<>(
                List.of("--data-dir=" + folder.resolve("data"), "--secure-port=0", "--token-auth-file=" + tokens));
        arguments.addAll(List.of(more));
        var flags = ApiserverFlags.all().parse(arguments);
        var options = ApiserverOptions.from(flags, Map.of());
        if (!flags.problems().isEmpty()) {
            throw new IOException("refused: " + flags.problems());
        }
        var dir = DataDir.open(options.dataDir());
        return new WholeServer(Apiserver.start(options, dir, InstantSource.system(), new SecureRandom()));
    }

    int port() {
        return URI.create(server.url()).getPort();
    }

    /** As {@code admin.kubeconfig}: an administrator by RBAC. */
    CertifiedKey admin() {
        return server.authority().client("kubernetes-admin", List.of(AdminKubeconfig.GROUP), Duration.ofHours(1));
    }

    @Override
    public void close() {
        server.close();
    }
}

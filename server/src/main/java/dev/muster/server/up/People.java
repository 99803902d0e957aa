package dev.muster.server.up;

import dev.muster.core.secret.Secret;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.kubeconfig.Kubeconfig;
import dev.muster.server.kubeconfig.Kubeconfig.Credential;
import dev.muster.server.pki.AdminKubeconfig;
import dev.muster.server.pki.OwnAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The people to try things with: jane with a static token, john with a client certificate, nobody with nothing. */
final class People {

    private static final int TOKEN_BYTES = 32;

    private final DataDir dir;

    People(DataDir dir) {
        this.dir = dir;
    }

    Path jane() {
        return dir.people().resolve("jane.kubeconfig");
    }

    Path john() {
        return dir.people().resolve("john.kubeconfig");
    }

    Path nobody() {
        return dir.people().resolve("nobody.kubeconfig");
    }

    /** Exists once the policies to try have been made. */
    Path policiesMade() {
        return dir.people().resolve(".policies-made");
    }

    /** The token file, made with a fresh token for jane if there is none. */
    Path tokenFile(SecureRandom random) throws IOException {
        Path file = dir.people().resolve("tokens.csv");
        if (!Files.exists(file)) {
            byte[] token = new byte[TOKEN_BYTES];
            random.nextBytes(token);
            PrivateFile.write(
                    file,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(token)
                            + ",jane,jane-1,\"developers,users\"\n");
        }
        return file;
    }

    /** Writes everybody's kubeconfig for this server; jane's only while her token is in the file. */
    void kubeconfigs(OwnAuthority authority, String server, String caPem) throws IOException {
        Path tokens = dir.people().resolve("tokens.csv");
        if (Files.exists(tokens)) {
            for (String row : Files.readAllLines(tokens, StandardCharsets.UTF_8)) {
                String[] columns = row.split(",", 3);
                if (columns.length == 3 && columns[1].equals("jane")) {
                    var credential = new Credential.Token(Secret.of(columns[0]));
                    write(jane(), server, caPem, "jane", credential);
                }
            }
        }
        AdminKubeconfig.ensureClient(john(), authority, server, caPem, "john", List.of("admins", "users"));
        write(nobody(), server, caPem, "nobody", new Credential.Nothing());
    }

    private static void write(Path file, String server, String caPem, String name, Credential credential)
            throws IOException {
        PrivateFile.write(file, new Kubeconfig("muster", server, caPem, name, credential).toYaml());
    }
}

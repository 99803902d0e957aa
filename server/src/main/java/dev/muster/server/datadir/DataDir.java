package dev.muster.server.datadir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where things lie below the data directory. */
public record DataDir(Path root) {

    /** {@code $XDG_DATA_HOME/muster}, or {@code ~/.local/share/muster} where that is not set. */
    public static Path byDefault(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".local", "share");
        return base.resolve("muster");
    }

    /** Makes the folders, readable by their owner alone. */
    public static DataDir open(Path root) throws IOException {
        var dir = new DataDir(root.toAbsolutePath().normalize());
        makePrivate(dir.root);
        makePrivate(dir.pki());
        makePrivate(dir.people());
        return dir;
    }

    public Path pki() {
        return root.resolve("pki");
    }

    public Path caCertificate() {
        return pki().resolve("ca.crt");
    }

    public Path caKey() {
        return pki().resolve("ca.key");
    }

    /** The private key that signs tokens of service accounts, made on first start unless another is named by flag. */
    public Path accountKey() {
        return pki().resolve("sa.key");
    }

    public Path servingCertificate() {
        return pki().resolve("apiserver.crt");
    }

    public Path servingKey() {
        return pki().resolve("apiserver.key");
    }

    /** Kubernetes' EncryptionConfiguration, made on first start unless another is named by flag. */
    public Path encryptionConfiguration() {
        return root.resolve("encryption-config.yaml");
    }

    public Path adminKubeconfig() {
        return root.resolve("admin.kubeconfig");
    }

    /** Kubeconfigs and tokens of the people to try things with. */
    public Path people() {
        return root.resolve("people");
    }

    /** Tokens for nodes that join, a file each. */
    public Path bootstrapTokens() {
        return root.resolve("bootstrap-tokens");
    }

    /** How the process that serves from here was started, for commands that look at it. */
    public Path running() {
        return root.resolve("running.json");
    }

    /** Makes a folder that only its owner can look into, and those above it. */
    public static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}

package dev.muster.server.datadir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * Makes the folders, readable by their owner alone.
     *
     * @throws IOException with a sentence: they cannot be made, or those that are there are not ours alone
     */
    public static DataDir open(Path root) throws IOException {
        var dir = new DataDir(root.toAbsolutePath().normalize());
        makePrivate(dir.root);
        mustBeOurs(dir.root);
        for (Path folder : List.of(dir.pki(), dir.people())) {
            makePrivate(folder);
            mustBePrivate(folder);
        }
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
        try {
            Files.createDirectories(folder.getParent());
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OWNER_ONLY);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is in the way: it is no folder", e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to make the folder " + e.getFile(), e);
        } catch (FileSystemException e) {
            String why = e.getReason() == null ? "it cannot be made there" : e.getReason();
            throw new IOException("the folder " + folder + ": " + why, e);
        }
    }

    /** Whoever owns or may write a folder of keys could put their own authority there, and be anybody. */
    private static void mustBeOurs(Path folder) throws IOException {
        var owner = Files.getOwner(folder).getName();
        var us = System.getProperty("user.name");
        if (!owner.equals(us) && !owner.equals("root")) {
            throw new IOException(folder + " belongs to " + owner + ", who could replace the keys in it, and this is "
                    + us + ": chown it, or name another folder");
        }
    }

    private static void mustBePrivate(Path folder) throws IOException {
        mustBeOurs(folder);
        var permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(
                    folder + " can be written by others, who could replace the keys in it: chmod 700 " + folder);
        }
    }
}

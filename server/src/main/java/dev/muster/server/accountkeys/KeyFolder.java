package dev.muster.server.accountkeys;

import dev.muster.crypto.jose.JwsSigner;
import dev.muster.crypto.jose.KeyFiles;
import dev.muster.crypto.jose.VerificationKey;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the keys lie: {@code pki/sa.key} the first, {@code pki/sa-keys/20261122T205600Z.key} those made later, by when. A key that
 * signs no more has a {@code .pub} in place of its {@code .key}; {@code .until} says when its last token ends. Each file is written
 * whole or not at all.
 */
final class KeyFolder {

    private static final String FIRST = "sa";
    private static final String PRIVATE = ".key";
    private static final String PUBLIC = ".pub";
    private static final String UNTIL = ".until";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path first;
    private final Path later;
    private final Signatures signatures;

    /** @param pki the folder of the data directory */
    KeyFolder(Path pki, Signatures signatures) throws IOException {
        this.first = pki;
        this.later = pki.resolve("sa-keys");
        this.signatures = signatures;
        DataDir.makePrivate(later);
    }

    /**
     * All keys, oldest first. Ends what was begun when the process was killed.
     *
     * @throws IOException naming the file that is damaged: tokens may depend on it
     */
    List<AccountKey> read() throws IOException {
        clear();
        var keys = new ArrayList<AccountKey>();
        for (String name : names()) {
            if (Files.exists(file(name, PUBLIC))) {
                Files.deleteIfExists(file(name, PRIVATE));
            }
            keys.add(read(name));
        }
        keys.sort(Comparator.comparing(AccountKey::made).thenComparing(AccountKey::name));
        return keys;
    }

    /** What was half written, and ends of keys that never came to be. */
    private void clear() throws IOException {
        for (Path file : files(first)) {
            String name = file.getFileName().toString();
            if (name.startsWith("." + FIRST + ".") && name.endsWith(".new")) {
                Files.deleteIfExists(file);
            }
        }
        for (Path file : files(later)) {
            String name = file.getFileName().toString();
            if (name.startsWith(".") && name.endsWith(".new")) {
                Files.deleteIfExists(file);
            } else if (name.endsWith(UNTIL)) {
                String key = name.substring(0, name.length() - UNTIL.length());
                if (!Files.exists(file(key, PRIVATE)) && !Files.exists(file(key, PUBLIC))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private TreeSet<String> names() throws IOException {
        var names = new TreeSet<String>();
        if (Files.exists(file(FIRST, PRIVATE)) || Files.exists(file(FIRST, PUBLIC))) {
            names.add(FIRST);
        }
        for (Path file : files(later)) {
            String name = file.getFileName().toString();
            if (!name.startsWith(".") && (name.endsWith(PRIVATE) || name.endsWith(PUBLIC))) {
                names.add(name.substring(0, name.length() - PRIVATE.length()));
            }
        }
        return names;
    }

    private AccountKey read(String name) throws IOException {
        Path file = Files.exists(file(name, PUBLIC)) ? file(name, PUBLIC) : file(name, PRIVATE);
        try {
            byte[] content = Files.readAllBytes(file);
            Optional<JwsSigner> signer = file.toString().endsWith(PRIVATE)
                    ? Optional.of(KeyFiles.signing(content, signatures))
                    : Optional.empty();
            VerificationKey key = signer.isPresent()
                    ? signer.get().publicKey()
                    : KeyFiles.verifying(content).getFirst();
            return new AccountKey(name, made(name, file), signer, key, until(name));
        } catch (MalformedPem | DateTimeException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Instant made(String name, Path file) throws IOException {
        return name.equals(FIRST) ? Files.getLastModifiedTime(file).toInstant() : NAME.parse(name, Instant::from);
    }

    private Instant until(String name) throws IOException {
        try {
            return Instant.parse(Files.readString(file(name, UNTIL)).strip());
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    /** Makes the key durable. */
    AccountKey add(PrivateKey made, Instant now) throws IOException {
        var second = now.truncatedTo(ChronoUnit.SECONDS);
        String name = names().isEmpty() ? FIRST : NAME.format(second);
        if (Files.exists(file(name, PRIVATE)) || Files.exists(file(name, PUBLIC))) {
            throw new IOException(file(name, PRIVATE) + ": there is a key of this very second");
        }
        try {
            var signer = KeyFiles.signer(made, signatures);
            PrivateFile.write(file(name, UNTIL), second.toString());
            PrivateFile.write(file(name, PRIVATE), Pem.write(made));
            // The first key has no other record of when it was made.
            Files.setLastModifiedTime(file(name, PRIVATE), FileTime.from(second));
            return new AccountKey(name, second, Optional.of(signer), signer.publicKey(), second);
        } catch (MalformedPem e) {
            throw new IOException("a new key is unusable: " + e.getMessage(), e);
        }
    }

    void mark(AccountKey key) throws IOException {
        PrivateFile.write(file(key.name(), UNTIL), key.until().toString());
    }

    /** Keeps of the key what verifies. */
    void retire(AccountKey key) throws IOException {
        var pem = Pem.block("PUBLIC KEY", key.key().key().getEncoded());
        Path file = file(key.name(), PUBLIC);
        PrivateFile.write(file, pem);
        Files.setLastModifiedTime(file, FileTime.from(key.made()));
        Files.deleteIfExists(file(key.name(), PRIVATE));
    }

    void forget(AccountKey key) throws IOException {
        Files.deleteIfExists(file(key.name(), PRIVATE));
        Files.deleteIfExists(file(key.name(), PUBLIC));
        Files.deleteIfExists(file(key.name(), UNTIL));
    }

    private Path file(String name, String kind) {
        return (name.equals(FIRST) ? first : later).resolve(name + kind);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}

package dev.muster.crypto.tls;

import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.KeyPairs;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server shows in a handshake.
 *
 * @param certified its certificate first, then intermediates, and the key
 */
public record ServingIdentity(CertifiedKey certified) {

    /** Reads certificate chain and key, and sees that they belong together. */
    public static ServingIdentity parse(byte[] chainPem, byte[] keyPem) throws MalformedPem {
        var chain = Pem.certificates(chainPem);
        var key = Pem.privateKey(keyPem);
        if (!KeyPairs.match(chain.getFirst().getPublicKey(), key)) {
            throw new MalformedPem("the private key is not the first certificate's");
        }
        return new ServingIdentity(new CertifiedKey(chain, key));
    }

    /**
     * From two files, which may be one and the same, read again when they change; call {@link ReloadingFiles#every} on it.
     *
     * @throws ReloadingFiles.Malformed when they cannot be read or do not belong together
     */
    public static ReloadingFiles<ServingIdentity> open(Path chain, Path key, ReloadingFiles.Listener listener)
            throws IOException, ReloadingFiles.Malformed {
        return ReloadingFiles.open(List.of(chain, key), Pem.LARGEST, ServingIdentity::read, listener);
    }

    private static ServingIdentity read(List<byte[]> contents) throws ReloadingFiles.Malformed {
        try {
            return parse(contents.getFirst(), contents.getLast());
        } catch (MalformedPem e) {
            throw new ReloadingFiles.Malformed(e.getMessage(), e);
        }
    }
}

package dev.muster.crypto.seal;

import dev.muster.core.store.Key;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.ValueTransformer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** The providers of one entry of the configuration: the first writes, all read. */
public final class Sealer implements ValueTransformer {

    private final List<Provider> providers;

    Sealer(List<Provider> providers) {
        this.providers = List.copyOf(providers);
    }

    @Override
    public byte[] seal(Key key, byte[] plain) {
        Provider first = providers.getFirst();
        byte[] prefix = first.prefix();
        byte[] sealed = first.seal(key, plain);
        if (prefix.length == 0) {
            return sealed;
        }
        byte[] stored = Arrays.copyOf(prefix, prefix.length + sealed.length);
        System.arraycopy(sealed, 0, stored, prefix.length, sealed.length);
        return stored;
    }

    @Override
    public byte[] open(Key key, byte[] stored) {
        GeneralSecurityException failure = null;
        for (Provider provider : providers) {
            byte[] prefix = provider.prefix();
            if (!startsWith(stored, prefix)) {
                continue;
            }
            try {
                return provider.open(key, stored, prefix.length);
            } catch (GeneralSecurityException e) {
                // Another provider may have a key of the same name.
                failure = prefix.length == 0 ? failure : e;
            }
        }
        if (failure != null) {
            throw new StoreException(
                    "the value of " + key + " cannot be opened with " + named(stored)
                            + ": it was changed, or moved here from another key, or the secret is not the one it was"
                            + " sealed with",
                    failure);
        }
        throw new StoreException("the value of " + key + " is sealed with " + named(stored)
                + ", which the encryption configuration does not have: add that key");
    }

    /** Whether the stored form is what would be written now; if not, writing the value again would reseal it. */
    public boolean isCurrent(byte[] stored) {
        byte[] prefix = providers.getFirst().prefix();
        return prefix.length > 0 ? startsWith(stored, prefix) : !startsWith(stored, Provider.bytes(Provider.ENCRYPTED));
    }

    /** How many values have been sealed with the writing key since the start; see the limit in the package's words. */
    public long seals() {
        return providers.getFirst() instanceof AesGcm gcm ? gcm.seals() : 0;
    }

    private static boolean startsWith(byte[] stored, byte[] prefix) {
        return stored.length >= prefix.length && Arrays.equals(stored, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Provider and key as the stored value names them: what stands before its fifth colon. */
    private static String named(byte[] stored) {
        if (!startsWith(stored, Provider.bytes(Provider.ENCRYPTED))) {
            return "no key at all";
        }
        String start = new String(stored, 0, Math.min(stored.length, 160), StandardCharsets.ISO_8859_1);
        String[] parts = start.split(":", 6);
        boolean plain = parts.length == 6 && (parts[2] + parts[4]).chars().allMatch(c -> c > ' ' && c < 127);
        return plain ? "provider " + parts[2] + ", key " + parts[4] : "an unreadable key name";
    }
}

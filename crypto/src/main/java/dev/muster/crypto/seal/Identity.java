package dev.muster.crypto.seal;

import dev.muster.core.store.Key;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** {@code identity}: values as they are. It does not read what is sealed, so that sealed bytes never pass for a value. */
final class Identity implements Provider {

    private static final byte[] NONE = new byte[0];
    private static final byte[] SEALED = Provider.bytes(ENCRYPTED);

    @Override
    public byte[] prefix() {
        return NONE;
    }

    @Override
    public byte[] seal(Key key, byte[] plain) {
        return plain;
    }

    @Override
    public byte[] open(Key key, byte[] stored, int offset) throws GeneralSecurityException {
        if (stored.length >= SEALED.length && Arrays.equals(stored, 0, SEALED.length, SEALED, 0, SEALED.length)) {
            throw new GeneralSecurityException("the value is sealed");
        }
        return stored;
    }
}

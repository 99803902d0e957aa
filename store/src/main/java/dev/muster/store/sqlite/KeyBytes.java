package dev.muster.store.sqlite;

import dev.muster.core.store.Key;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Keys as UTF-8, whose byte order is the order of keys. */
final class KeyBytes {

    static final int LIMIT = 4096;

    private KeyBytes() {}

    /** Empty for a key that is not well-formed Unicode: two such keys could become the same bytes. */
    static Optional<byte[]> of(Key key) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key.path()));
            return Optional.of(Arrays.copyOf(encoded.array(), encoded.limit()));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** The first key above all that start with this one; the last byte of UTF-8 is never 255. */
    static byte[] end(byte[] prefix) {
        byte[] end = prefix.clone();
        end[end.length - 1]++;
        return end;
    }
}

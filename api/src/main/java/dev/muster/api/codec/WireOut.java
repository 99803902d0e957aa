package dev.muster.api.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf's wire format. */
final class WireOut {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void varint(int number, long value) {
        raw(number << 3 | Wire.VARINT);
        raw(value);
    }

    void fixed64(int number, long value) {
        raw(number << 3 | Wire.FIXED64);
        for (int i = 0; i < 8; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    void fixed32(int number, int value) {
        raw(number << 3 | Wire.FIXED32);
        for (int i = 0; i < 4; i++) {
            out.write(value >>> (8 * i));
        }
    }

    void bytes(int number, byte[] value) {
        raw(number << 3 | Wire.BYTES);
        raw(value.length);
        out.writeBytes(value);
    }

    void string(int number, String value) {
        bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void raw(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}

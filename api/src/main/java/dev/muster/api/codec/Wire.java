package dev.muster.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads protobuf's wire format within one range of bytes. Every length is checked against what is left; groups and unknown wire
 * types are refused (Kubernetes' messages have neither).
 */
final class Wire {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final byte[] data;
    private int at;
    private final int end;

    Wire(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.end = to;
    }

    boolean more() {
        return at < end;
    }

    /** The next field's number and wire type: number * 8 + type. */
    int tag() {
        long tag = varint();
        if (tag >>> 32 != 0 || tag >>> 3 == 0) {
            throw new MalformedBody("proto: illegal tag " + (tag >>> 3) + " (wire type " + (tag & 7) + ")");
        }
        return (int) tag;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw endOfData();
            }
            byte b = data[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedBody("proto: integer overflow");
    }

    long fixed64() {
        return (fixed32() & 0xffff_ffffL) | (long) fixed32() << 32;
    }

    int fixed32() {
        need(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (data[at++] & 0xff) << (8 * i);
        }
        return value;
    }

    /** What a length-delimited field holds. */
    Wire bytes() {
        int length = length();
        at += length;
        return new Wire(data, at - length, at);
    }

    String string() {
        int length = length();
        at += length;
        for (int i = at - length; i < at; i++) {
            if (data[i] < 0) {
                return JsonStrings.utf8(data, at - length, at);
            }
        }
        return new String(data, at - length, length, StandardCharsets.ISO_8859_1);
    }

    /** All that is left, as a copy. */
    byte[] rest() {
        return Arrays.copyOfRange(data, at, end);
    }

    /** Passes over a field that nobody knows. */
    void skip(int wireType) {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> {
                need(8);
                at += 8;
            }
            case BYTES -> bytes();
            case FIXED32 -> {
                need(4);
                at += 4;
            }
            default -> throw new MalformedBody("proto: illegal wireType " + wireType);
        }
    }

    private int length() {
        long length = varint();
        if (length < 0) {
            throw new MalformedBody("proto: negative length found during unmarshaling");
        }
        if (length > end - at) {
            throw endOfData();
        }
        return (int) length;
    }

    private void need(int bytes) {
        if (end - at < bytes) {
            throw endOfData();
        }
    }

    private static MalformedBody endOfData() {
        return new MalformedBody("unexpected EOF");
    }
}

package dev.muster.crypto.x509;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (ITU-T X.690), element by element, over a slice of an array that is not copied. Strict where strictness costs
 * nothing: definite minimal lengths, single-byte tags, nothing beyond the slice.
 */
final class Der {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LONGEST_OID = 128;

    private final byte[] bytes;
    private int at;
    private final int end;

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static Der over(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** One element: its tag and where its value lies. */
    record Element(byte[] bytes, int tag, int start, int from, int end) {

        /** A reader of what is inside. */
        Der inside() {
            return new Der(bytes, from, end);
        }

        /** The value without tag and length. */
        byte[] value() {
            return Arrays.copyOfRange(bytes, from, end);
        }

        /** Tag, length and value. */
        byte[] whole() {
            return Arrays.copyOfRange(bytes, start, end);
        }

        int length() {
            return end - from;
        }

        BigInteger integer() throws MalformedDer {
            need(tag == INTEGER && length() > 0, "not an integer");
            boolean padded = length() > 1
                    && (bytes[from] == 0 && bytes[from + 1] >= 0 || bytes[from] == -1 && bytes[from + 1] < 0);
            need(!padded, "an integer longer than it needs to be");
            return new BigInteger(bytes, from, length());
        }

        boolean bool() throws MalformedDer {
            need(tag == BOOLEAN && length() == 1 && (bytes[from] == 0 || bytes[from] == -1), "not a boolean");
            return bytes[from] == -1;
        }

        /** The bits of a bit string whose length is a whole number of bytes. */
        byte[] bits() throws MalformedDer {
            need(tag == BIT_STRING && length() > 0 && bytes[from] == 0, "not a bit string of whole bytes");
            return Arrays.copyOfRange(bytes, from + 1, end);
        }

        /** An object identifier in dotted form. */
        String oid() throws MalformedDer {
            need(tag == OID && length() > 0 && length() <= LONGEST_OID, "not an object identifier");
            need(bytes[end - 1] >= 0, "an object identifier that breaks off");
            var text = new StringBuilder();
            long arc = 0;
            boolean begun = false;
            for (int i = from; i < end; i++) {
                need(begun || bytes[i] != (byte) 0x80, "a padded object identifier");
                need(arc <= Long.MAX_VALUE >> 8, "an object identifier beyond reason");
                arc = arc << 7 | bytes[i] & 0x7f;
                begun = bytes[i] < 0;
                if (!begun) {
                    if (text.isEmpty()) {
                        long first = Math.min(arc / 40, 2);
                        text.append(first).append('.').append(arc - first * 40);
                    } else {
                        text.append('.').append(arc);
                    }
                    arc = 0;
                }
            }
            return text.toString();
        }
    }

    boolean more() {
        return at < end;
    }

    /** The next tag without reading on; -1 at the end. */
    int peek() {
        return more() ? bytes[at] & 0xff : -1;
    }

    Element next() throws MalformedDer {
        need(end - at >= 2, "an element that breaks off");
        int start = at;
        int tag = bytes[at++] & 0xff;
        need((tag & 0x1f) != 0x1f, "a tag of several bytes");
        int length = bytes[at++] & 0xff;
        if (length >= 0x80) {
            int count = length & 0x7f;
            need(count >= 1 && count <= 4 && end - at >= count, "a length that cannot be read");
            long long_ = 0;
            for (int i = 0; i < count; i++) {
                long_ = long_ << 8 | bytes[at++] & 0xff;
            }
            need(long_ >= 0x80 && long_ >> (8 * (count - 1)) != 0, "a length longer than it needs to be");
            need(long_ <= Integer.MAX_VALUE, "a length beyond the end");
            length = (int) long_;
        }
        need(length <= end - at, "a length beyond the end");
        var element = new Element(bytes, tag, start, at, at + length);
        at += length;
        return element;
    }

    Element next(int tag) throws MalformedDer {
        need(peek() == tag, "another element than expected");
        return next();
    }

    void done() throws MalformedDer {
        need(!more(), "bytes after the end");
    }

    static void need(boolean condition, String what) throws MalformedDer {
        if (!condition) {
            throw new MalformedDer(what);
        }
    }
}

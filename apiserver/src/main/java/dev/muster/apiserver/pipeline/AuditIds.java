package dev.muster.apiserver.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Audit ids in the form of version 4 UUIDs (RFC 9562 section 5.4): unique, cheap, and no secret, so that two random words
 * drawn once and a counter are enough.
 */
public final class AuditIds implements Supplier<String> {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final long high;
    private final long low;
    private final AtomicLong count = new AtomicLong();

    public AuditIds(RandomGenerator chance) {
        this.high = chance.nextLong();
        this.low = chance.nextLong();
    }

    @Override
    public String get() {
        long n = count.incrementAndGet();
        long a = (mix(high + n) & ~0xf000L) | 0x4000L;
        long b = (mix(low ^ n) & 0x3fffffffffffffffL) | 0x8000000000000000L;
        var text = new byte[36];
        hex(text, 0, a >>> 32, 8);
        text[8] = '-';
        hex(text, 9, a >>> 16, 4);
        text[13] = '-';
        hex(text, 14, a, 4);
        text[18] = '-';
        hex(text, 19, b >>> 48, 4);
        text[23] = '-';
        hex(text, 24, b, 12);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void hex(byte[] out, int at, long value, int digits) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = HEX[(int) (rest & 0xf)];
            rest >>>= 4;
        }
    }

    /** The finalizer of SplitMix64: a bijection, so that different counts give different ids. */
    private static long mix(long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

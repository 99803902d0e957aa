package dev.muster.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What an access token looks like: {@code muster_at_} and 256 random bits in base64url without padding (RFC 4648 section 5). The
 * beginning is there for those who search repositories and logs for lost secrets.
 */
public final class AccessTokenForm {

    public static final String PREFIX = "muster_at_";

    private static final int BYTES = 32;
    private static final int LENGTH = PREFIX.length() + 43;

    private AccessTokenForm() {}

    /** @param random must be a secure one */
    public static String make(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a text could be one; says nothing of whether it is. */
    public static boolean fits(String text) {
        return text.length() == LENGTH && text.startsWith(PREFIX);
    }

    /** SHA-256, 64 hexadecimal digits. Enough for a text that nobody can guess: it needs neither salt nor slowness. */
    public static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

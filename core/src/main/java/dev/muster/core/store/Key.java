package dev.muster.core.store;

/**
 * A key: an absolute slash-separated path, such as {@code /registry/secrets/default/token}. Ordered by code point, which
 * is the order of its UTF-8 bytes.
 *
 * @param path starts with a slash, holds no NUL
 */
public record Key(String path) implements Comparable<Key> {

    public Key {
        if (path.isEmpty() || path.charAt(0) != '/' || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a key is an absolute path without NUL: " + path);
        }
    }

    public static Key of(String path) {
        return new Key(path);
    }

    /** Whether this key lies below the prefix; a prefix normally ends in a slash, so that it does not match its siblings. */
    public boolean startsWith(Key prefix) {
        return path.startsWith(prefix.path);
    }

    @Override
    public int compareTo(Key other) {
        int shared = Math.min(path.length(), other.path.length());
        for (int i = 0; i < shared; i++) {
            char a = path.charAt(i);
            char b = other.path.charAt(i);
            if (a != b) {
                // Surrogates sort above the rest of the basic plane in UTF-8 and below a part of it in UTF-16.
                boolean sa = Character.isSurrogate(a);
                boolean sb = Character.isSurrogate(b);
                return sa == sb ? Character.compare(a, b) : sa ? 1 : -1;
            }
        }
        return Integer.compare(path.length(), other.path.length());
    }

    @Override
    public String toString() {
        return path;
    }
}

package dev.muster.crypto.seal;

/**
 * What is wrong with a configuration.
 *
 * @param path the field, such as {@code resources[0].providers[1].aesgcm.keys[0].secret}
 * @param message what is wrong with it; never holds key material
 */
public record Problem(String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}

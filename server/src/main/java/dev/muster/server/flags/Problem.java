package dev.muster.server.flags;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the flag ({@code --secure-port}) or the field's path in a file ({@code jwt[0].issuer.url})
 * @param message what is wrong and what would be right
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}

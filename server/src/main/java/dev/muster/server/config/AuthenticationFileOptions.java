package dev.muster.server.config;

import dev.muster.authn.oidc.IssuerSettings.Trust;
import dev.muster.authn.structured.AnonymousAccess;
import dev.muster.authn.structured.Apart;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file of {@code --authentication-config}, read to say what is wrong with it beside what is wrong with the flags.
 *
 * @param disallowed issuers that are somebody else's
 * @param anonymous empty = the flag decides
 */
public record AuthenticationFileOptions(Path path, List<String> disallowed, Optional<AnonymousAccess> anonymous) {

    private static final String FLAG = "authentication-config";

    static Optional<AuthenticationFileOptions> from(Flags flags, List<String> disallowed, Trust trust) {
        var given = flags.optional(FLAG).map(Path::of);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Path path = given.get();
        byte[] content;
        try {
            content = content(path);
        } catch (IOException e) {
            flags.problem(FLAG, e.getMessage());
            return Optional.empty();
        }
        try (var apart = new Apart()) {
            return switch (AuthenticationConfiguration.read(content, new Surroundings(disallowed, trust, apart))) {
                case Read.Valid(AuthenticationConfiguration configuration) ->
                    Optional.of(new AuthenticationFileOptions(path, disallowed, configuration.anonymous()));
                case Read.Invalid(List<dev.muster.authn.structured.Problem> problems) -> {
                    problems.forEach(problem -> flags.problems()
                            .add(
                                    problem.path().isEmpty()
                                            ? new Problem("--" + FLAG, path + ": " + problem.message())
                                            : new Problem(problem.path(), problem.message())));
                    yield Optional.empty();
                }
            };
        }
    }

    /** What is in the file; the exception's message is fit for an operator. */
    public static byte[] content(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("read " + path + ": is a directory");
        }
        try (var in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(AuthenticationConfiguration.LARGEST + 1);
            if (content.length > AuthenticationConfiguration.LARGEST) {
                throw new IOException(path + " is larger than " + AuthenticationConfiguration.LARGEST + " bytes");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new IOException("open " + path + ": no such file or directory", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException("open " + path + ": permission denied", e);
        }
    }
}

package dev.muster.server.rehearsal;

import dev.muster.authn.oidc.IssuerSettings.Trust;
import dev.muster.authn.structured.AnonymousAccess;
import dev.muster.authn.structured.Apart;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import dev.muster.authn.structured.Problem;
import dev.muster.core.secret.Secret;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.config.AuthenticationFileOptions;
import dev.muster.server.config.ServiceAccountOptions;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code muster check}: status 0 when the configuration is good, and the token, if there is one, would be accepted; 1 when not. */
public final class CheckCommand implements Command {

    private static final int LONGEST_TOKEN = 1 << 20;

    private static final FlagSet FLAGS = new FlagSet(List.of(
            Flag.text("authentication-config", "", "File with an AuthenticationConfiguration."),
            Flag.text("token", "", "A token to rehearse it with; others on this machine can see it: prefer a file."),
            Flag.text("token-file", "", "File with the token; - is standard input."),
            Flag.bool("offline", false, "Do not ask the issuer for its keys: the signature is not checked."),
            Flag.text(
                    "service-account-issuer",
                    "",
                    "Issuer of service account tokens, which is no issuer of people; repeatable (default "
                            + ServiceAccountOptions.DEFAULT_ISSUER + ")."),
            Flag.bool("jwt-allow-system-names", false, "As the server's flag."),
            Flag.text("jwt-claims-endpoint", "", "As the server's flag; repeatable."),
            Flag.bool("help", false, "This text.")));

    @Override
    public String summary() {
        return "check an authentication configuration, and rehearse it with a token";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("check", summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("check", flags.problems());
        }
        Optional<Path> file = flags.optional("authentication-config").map(Path::of);
        if (file.isEmpty() || flags.isGiven("token") && flags.isGiven("token-file") || !words(flags)) {
            terminal.complain("check: name one file by --authentication-config, and at most one token by --token,"
                    + " --token-file or - for standard input");
            return USAGE;
        }
        try (var apart = new Apart()) {
            var read = AuthenticationConfiguration.read(
                    AuthenticationFileOptions.content(file.get()), surroundings(flags, apart));
            return switch (read) {
                case Read.Invalid(List<Problem> problems) -> {
                    problems.forEach(problem -> terminal.complain("check: " + problem));
                    yield FAILED;
                }
                case Read.Valid(AuthenticationConfiguration configuration) ->
                    rehearse(configuration, file.get(), flags, terminal);
            };
        } catch (IOException e) {
            terminal.complain("check: " + e.getMessage());
            return FAILED;
        }
    }

    private static boolean words(Flags flags) {
        return flags.words().isEmpty()
                || flags.words().equals(List.of("-")) && !flags.isGiven("token") && !flags.isGiven("token-file");
    }

    private static Surroundings surroundings(Flags flags, Apart apart) {
        var issuers = flags.repeated("service-account-issuer").stream()
                .filter(issuer -> !issuer.isEmpty())
                .toList();
        var endpoints = flags.repeated("jwt-claims-endpoint").stream()
                .filter(endpoint -> !endpoint.isEmpty())
                .toList();
        return new Surroundings(
                issuers.isEmpty() ? List.of(ServiceAccountOptions.DEFAULT_ISSUER) : issuers,
                new Trust(flags.bool("jwt-allow-system-names"), endpoints),
                apart);
    }

    private static int rehearse(AuthenticationConfiguration configuration, Path file, Flags flags, Terminal terminal)
            throws IOException, InterruptedException {
        terminal.say(file + ": good; " + configuration.issuers().size()
                + (configuration.issuers().size() == 1 ? " issuer" : " issuers") + ", anonymous requests "
                + configuration.anonymous().map(CheckCommand::anonymous).orElse("as --anonymous-auth says"));
        Optional<Secret> token = token(flags, terminal.in());
        if (token.isEmpty()) {
            return OK;
        }
        terminal.say("");
        var report = new Rehearsal(configuration, InstantSource.system(), flags.bool("offline"), terminal::say);
        return report.of(token.get()) ? OK : FAILED;
    }

    private static String anonymous(AnonymousAccess access) {
        if (!access.enabled()) {
            return "refused";
        }
        return access.paths().isEmpty() ? "allowed" : "allowed on " + String.join(", ", access.paths());
    }

    private static Optional<Secret> token(Flags flags, InputStream in) throws IOException {
        if (flags.isGiven("token") && !flags.text("token").equals("-")) {
            return Optional.of(Secret.of(flags.text("token").strip()));
        }
        String file = flags.isGiven("token-file") ? flags.text("token-file") : "-";
        if (!flags.isGiven("token-file")
                && !flags.isGiven("token")
                && flags.words().isEmpty()) {
            return Optional.empty();
        }
        try (var input = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            byte[] content = input.readNBytes(LONGEST_TOKEN);
            return Optional.of(Secret.of(new String(content, StandardCharsets.UTF_8).strip()));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("open " + file + ": no such file or directory", e);
        }
    }
}

package dev.muster.server.bootstraptoken;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.server.bootstraptoken.NewToken.Terms;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code muster bootstrap-token create}. */
record Create(InstantSource clock, SecureRandom random) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366L * 100);

    int run(Flags flags, Terminal terminal) throws IOException, InterruptedException {
        Terms terms = terms(flags);
        boolean join = flags.bool("print-join");
        boolean print = flags.bool("print");
        if (join && terms.usages().size() < Usage.values().length) {
            flags.problem("print-join", "who joins needs both usages, signing and authentication");
        }
        if (print && flags.isGiven("token-file")) {
            flags.problem("token-file", "with --print no file is written");
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(BootstrapTokenCommand.NAME + " create", flags.problems());
        }
        Asking asking = Asking.of(flags, terminal);
        NewToken token = NewToken.of(random);
        Optional<Path> file = print ? Optional.empty() : Optional.of(write(token, flags, asking.dir()));
        boolean made = false;
        try (ApiClient client = asking.client()) {
            var answer = client.post(BootstrapTokenCommand.SECRETS, token.object(terms));
            made = answer.code() == 201;
            if (!made) {
                Asking.complain(BootstrapTokenCommand.NAME, answer, terminal);
                return Command.FAILED;
            }
        } finally {
            if (!made && file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        }
        say(token, file, terms, terminal);
        if (join) {
            Joining.of(asking, token, file).lines().forEach(terminal::say);
        }
        return Command.OK;
    }

    private static void say(NewToken token, Optional<Path> file, Terms terms, Terminal terminal) {
        String end = terms.expiration().map(at -> "until " + at).orElse("until it is deleted");
        if (file.isPresent()) {
            terminal.say("bootstrap token " + token.id() + ", good " + end + ", is in " + file.get());
        } else {
            terminal.say(token.whole().reveal());
        }
    }

    /** Before the server hears of it: a token that nobody knows is of no use to anybody. */
    private static Path write(NewToken token, Flags flags, DataDir dir) throws IOException {
        Path file = flags.optional("token-file")
                .map(name -> Path.of(name).toAbsolutePath().normalize())
                .orElseGet(() -> dir.bootstrapTokens().resolve(token.id()));
        if (!flags.isGiven("token-file")) {
            DataDir.makePrivate(dir.bootstrapTokens());
        } else if (Files.exists(file)) {
            throw new IOException(file + " exists already");
        }
        PrivateFile.write(file, token.whole().reveal() + "\n");
        return file;
    }

    private Terms terms(Flags flags) {
        var usages = new ArrayList<Usage>();
        for (String word : flags.list("usages")) {
            Arrays.stream(Usage.values())
                    .filter(usage -> usage.word().equals(word))
                    .findFirst()
                    .ifPresentOrElse(
                            usages::add,
                            () -> flags.problem(
                                    "usages", "unsupported value " + Quote.go(word) + ": signing, authentication"));
        }
        if (usages.isEmpty()) {
            flags.problem("usages", "a token has to be good for something: signing, authentication");
        }
        List<String> groups = groups(flags, usages.contains(Usage.AUTHENTICATION));
        Duration ttl = flags.duration("ttl");
        if (!ttl.isZero() && (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0)) {
            flags.problem("ttl", "must be 0 (for ever), or from one second to a hundred years");
        }
        var end = ttl.isZero()
                ? Optional.<Instant>empty()
                : Optional.of(clock.instant().plus(ttl).plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
        return new Terms(usages.stream().distinct().toList(), groups, flags.text("description"), end);
    }

    private static List<String> groups(Flags flags, boolean wanted) {
        if (!wanted) {
            if (flags.isGiven("groups") && !flags.list("groups").isEmpty()) {
                flags.problem("groups", "a token that is not for authentication has no groups");
            }
            return List.of();
        }
        List<String> groups = flags.list("groups");
        for (String group : groups) {
            if (!BootstrapToken.isExtraGroup(group)) {
                flags.problem(
                        "groups",
                        "invalid value " + Quote.go(group)
                                + ": must be system:bootstrappers: and small letters, digits, colons and dashes");
            }
        }
        return groups;
    }
}

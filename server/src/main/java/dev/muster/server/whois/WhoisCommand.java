package dev.muster.server.whois;

import dev.muster.authn.tokenfile.MalformedTokenFile;
import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code muster whois FILE|TOKEN|-}: status 0 when the server would take it, 1 when not. */
public final class WhoisCommand implements Command {

    private static final FlagSet FLAGS = new FlagSet(List.of(
            Flag.text("data-dir", "", "Data directory of the server whose configuration counts."),
            Flag.text("client-ca-file", "", "CA bundle to judge certificates by (default: the server's)."),
            Flag.text("token-auth-file", "", "Token file to look tokens up in (default: the server's)."),
            Flag.bool("help", false, "This text.")));

    @Override
    public String summary() {
        return "say whose certificate, kubeconfig or token this is: whois FILE|TOKEN|- (- reads standard input)";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("whois", summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("whois", flags.problems());
        }
        if (flags.words().size() != 1) {
            terminal.complain("whois: name one file, one token, or - for standard input");
            return USAGE;
        }
        Judge judge = judge(flags, terminal);
        boolean all = true;
        boolean first = true;
        for (Presented presented : Presented.read(flags.words().getFirst(), terminal.in())) {
            Verdict verdict = judge.of(presented);
            if (!first) {
                terminal.say("");
            }
            first = false;
            verdict.print().forEach(terminal::say);
            all &= verdict.accepted();
        }
        return all ? OK : FAILED;
    }

    private static Judge judge(Flags flags, Terminal terminal) throws IOException {
        var dir = new DataDir(flags.optional("data-dir")
                .map(Path::of)
                .orElseGet(() -> DataDir.byDefault(terminal.environment()))
                .toAbsolutePath()
                .normalize());
        Optional<Running> running = Running.read(dir);
        var files = new ArrayList<Path>();
        flags.optional("client-ca-file")
                .map(Path::of)
                .or(() -> running.flatMap(Running::clientCa))
                .ifPresent(files::add);
        if (Files.exists(dir.caCertificate())) {
            files.add(dir.caCertificate());
        }
        TrustBundle bundle = TrustBundle.EMPTY;
        for (Path file : files) {
            try {
                bundle = bundle.with(TrustBundle.parse(Files.readAllBytes(file)));
            } catch (MalformedPem e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        Optional<Path> tokenFile =
                flags.optional("token-auth-file").map(Path::of).or(() -> running.flatMap(Running::tokenFile));
        InstantSource clock = InstantSource.system();
        return new Judge(
                bundle,
                String.join(", ", files.stream().map(Path::toString).toList()),
                new ClientChainVerifier(clock, new SignatureCheck(Signatures.jdk())),
                tokenFile.isPresent() ? Optional.of(tokens(tokenFile.get())) : Optional.empty(),
                clock);
    }

    private static TokenFile tokens(Path file) throws IOException {
        try {
            return TokenFile.parse(Files.readAllBytes(file), new SecureRandom());
        } catch (MalformedTokenFile e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}

package dev.muster.server.smallca;

import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster pki list}: whose certificates there are, until when, with which serial numbers. */
final class ListCommand implements Command {

    private static final Duration SOON = Duration.ofDays(30);
    private static final FlagSet FLAGS = PkiFlags.with();

    @Override
    public String summary() {
        return "say whose certificates there are, until when, and their serial numbers";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("pki list", summary(), FLAGS);
            return OK;
        }
        PkiFlags.noMoreWords(flags, 0);
        var folder = PkiFlags.folder(flags);
        if (!Files.isDirectory(folder.dir())) {
            flags.problem("dir", "there is no folder " + folder.dir());
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("pki list", flags.problems());
        }
        Instant now = InstantSource.system().instant();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("FILE", "USE", "STATE", "UNTIL", "SERIAL", "WHO"));
        folder.certificates().forEach((name, certificate) -> rows.add(row(name, certificate, now)));
        rows.forEach(row -> terminal.say(aligned(row, rows)));
        return OK;
    }

    private static List<String> row(String name, X509Certificate certificate, Instant now) {
        Instant until = certificate.getNotAfter().toInstant();
        String state = !now.isBefore(until) ? "expired" : now.plus(SOON).isBefore(until) ? "good" : "ends soon";
        String who = certificate.getSubjectX500Principal().getName() + names(certificate);
        return List.of(
                printable(name),
                use(certificate),
                state,
                until.toString(),
                certificate.getSerialNumber().toString(16),
                printable(who));
    }

    private static String use(X509Certificate certificate) {
        if (certificate.getBasicConstraints() >= 0) {
            return "authority";
        }
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains("1.3.6.1.5.5.7.3.1") ? "server" : "client";
        } catch (CertificateParsingException e) {
            return "unknown";
        }
    }

    private static String names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            var texts = new ArrayList<String>();
            if (names != null) {
                names.forEach(name -> texts.add(String.valueOf(name.get(1))));
            }
            return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    /** Whoever made the certificate does not write to the terminal. */
    private static String printable(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return out.toString();
    }

    private static String aligned(List<String> row, List<List<String>> rows) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size() - 1; i++) {
            int column = i;
            int width =
                    rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
            line.append(row.get(i)).repeat(" ", width - row.get(i).length() + 3);
        }
        return line.append(row.getLast()).toString();
    }
}

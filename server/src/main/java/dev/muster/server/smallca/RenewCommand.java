package dev.muster.server.smallca;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.MalformedDer;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.server.flags.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster pki renew NAME}: a new key and certificate for the same names; the old ones are kept. */
final class RenewCommand implements Command {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private static final FlagSet FLAGS = PkiFlags.with(
            Flag.duration("duration", "8760h0m0s", "How long the new one lasts, at most as long as the authority."));

    @Override
    public String summary() {
        return "renew NAME: make a new key and certificate for the same names; the old ones go to old/";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("pki renew", summary(), FLAGS);
            return OK;
        }
        PkiFlags.noMoreWords(flags, 1);
        String name = flags.words().isEmpty() ? "" : flags.words().getFirst();
        var folder = PkiFlags.folder(flags);
        if (!PkiFolder.isName(name) || !Files.exists(folder.certificateFile(name))) {
            flags.problems().add(new Problem(Quote.go(name), "there is no such certificate in " + folder.dir()));
        }
        Duration duration = PkiFlags.duration(flags);
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("pki renew", flags.problems());
        }
        var authority = folder.authority(InstantSource.system(), new SecureRandom());
        var old = folder.read(name).certificate();
        var fresh = again(old, authority, duration);
        folder.replace(name, old, fresh);
        terminal.say("renewed " + folder.certificateFile(name) + " and its key, good until "
                + fresh.certificate().getNotAfter().toInstant() + "; the old ones are in "
                + folder.dir().resolve("old"));
        return OK;
    }

    private static CertifiedKey again(X509Certificate old, CertificateAuthority authority, Duration duration)
            throws IOException {
        try {
            old.verify(authority.certificate().getPublicKey());
            var subject = DistinguishedName.ofSubject(old.getEncoded());
            String name = texts(subject, DistinguishedName.CN).getLast();
            var purposes = old.getExtendedKeyUsage();
            if (purposes != null && purposes.contains(SERVER_AUTH)) {
                var names = new ArrayList<String>();
                old.getSubjectAlternativeNames().forEach(one -> names.add(String.valueOf(one.get(1))));
                return authority.issueServing(name, names, duration);
            }
            return authority.issueClient(name, texts(subject, DistinguishedName.O), duration);
        } catch (MalformedDer | CertificateException e) {
            throw new IOException("the certificate cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate is not of this authority", e);
        }
    }

    private static List<String> texts(DistinguishedName name, String oid) {
        return name.all(oid).stream().map(one -> one.text().orElse("")).toList();
    }
}

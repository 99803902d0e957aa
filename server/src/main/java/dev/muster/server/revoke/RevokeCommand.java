package dev.muster.server.revoke;

import dev.muster.api.identity.IdentityGroup;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code muster revoke FILE | --user NAME | --token-id ID | --session-id ID}. */
public final class RevokeCommand implements Command {

    private static final String PATH = "/apis/" + IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1 + "/revocations";

    private static final FlagSet FLAGS = new FlagSet(List.of(
            Flag.text("data-dir", "", "Data directory of the server, asked as its administrator."),
            Flag.text("kubeconfig", "", "Ask the server and as the person of this kubeconfig instead."),
            Flag.text("user", "", "Take back everything that was issued to this user until now."),
            Flag.text("uid", "", "With --user: only what carries this uid, or none."),
            Flag.text("token-id", "", "Take back the token with this id (jti)."),
            Flag.text("session-id", "", "Take back all tokens of the log-in with this id (sid)."),
            Flag.text("reason", "", "Why; kept in the object."),
            Flag.bool("help", false, "This text.")));

    @Override
    public String summary() {
        return "take back a certificate or kubeconfig: revoke FILE (or --user NAME, --token-id ID, --session-id ID)";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("revoke", summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("revoke", flags.problems());
        }
        var user = flags.optional("user");
        var token = flags.optional("token-id");
        var session = flags.optional("session-id");
        long named = flags.words().size()
                + Stream.of(user, token, session).filter(Optional::isPresent).count();
        if (named != 1 || flags.optional("uid").isPresent() && user.isEmpty()) {
            terminal.complain(
                    "revoke: name one thing: a FILE, --user NAME [--uid UID], --token-id ID, or --session-id ID");
            return USAGE;
        }
        var server = new Server(Asking.of(flags, terminal));
        Target target;
        if (user.isPresent()) {
            target = Target.user(
                    user.get(), flags.text("uid"), InstantSource.system().instant());
        } else if (token.isPresent()) {
            target = Target.token(token.get());
        } else if (session.isPresent()) {
            target = Target.session(session.get());
        } else {
            var certificates = CertificateFile.read(Path.of(flags.words().getFirst()));
            if (server.presents(certificates.getFirst())) {
                terminal.complain("revoke: that is the certificate this command itself asks with; name another"
                        + " administrator's --kubeconfig to take it back");
                return FAILED;
            }
            var issuers = new ArrayList<>(certificates);
            issuers.addAll(server.issuers());
            target = Target.certificate(certificates.getFirst(), issuers);
        }
        return create(server, target, flags.text("reason"), terminal);
    }

    private static int create(Server server, Target target, String reason, Terminal terminal)
            throws IOException, InterruptedException {
        try (ApiClient client = server.asking().client()) {
            var answer = client.post(PATH, target.object(reason));
            if (answer.code() == 201) {
                String name = answer.body().path("metadata").path("name").asText("");
                terminal.say("took back " + Plain.text(target.sentence()));
                terminal.say("to give it back: kubectl delete revocation " + Plain.text(name));
                return OK;
            }
            String why = answer.code() == 401
                    ? "the server does not know the credential of the kubeconfig"
                    : Plain.text(answer.message());
            terminal.complain(
                    "revoke: " + why + (answer.code() == 403 ? " (the cluster role muster:revoker allows it)" : ""));
            return FAILED;
        }
    }

    /** Whom to ask, as whom, and where authorities may lie. */
    private record Server(Asking asking) {

        boolean presents(X509Certificate certificate) throws IOException {
            return asking.who().certificatePem().isPresent()
                    && CertificateFile.of(
                                    "the kubeconfig",
                                    asking.who().certificatePem().get())
                            .getFirst()
                            .getPublicKey()
                            .equals(certificate.getPublicKey());
        }

        List<X509Certificate> issuers() throws IOException {
            var files = new ArrayList<Path>();
            if (Files.isReadable(asking.dir().caCertificate())) {
                files.add(asking.dir().caCertificate());
            }
            Running.read(asking.dir())
                    .flatMap(Running::clientCa)
                    .filter(Files::isReadable)
                    .ifPresent(files::add);
            var all = new ArrayList<X509Certificate>();
            for (Path file : files) {
                all.addAll(CertificateFile.read(file));
            }
            return all;
        }
    }
}

package dev.muster.server.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code muster certificates}: every client certificate that was issued here or accepted, and its use. */
public final class CertificatesCommand implements Command {

    private static final String NAME = "certificates";
    private static final String PATH =
            "/apis/" + IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1 + "/clientcertificates";
    private static final int PIECE = 500;
    private static final Set<String> FORMS = Set.of("", "wide", "json");

    private static final FlagSet FLAGS = new FlagSet(Stream.concat(
                    Asking.FLAGS.stream(),
                    Stream.of(
                            Flag.text(
                                    "output", "", "wide: everything in columns; json: as the server says it. Also -o."),
                            Flag.text("user", "", "Only this user's."),
                            Flag.bool("shared", false, "Only those that were used from more than one address."),
                            Flag.bool("help", false, "This text.")))
            .toList());

    @Override
    public String summary() {
        return "list client certificates: whose, until when, last used, from how many addresses, revoked or not";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        Flags flags =
                FLAGS.parse(arguments.stream().map(CertificatesCommand::written).toList());
        if (flags.bool("help")) {
            terminal.help(NAME, summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(NAME, flags.problems());
        }
        if (!flags.words().isEmpty() || !FORMS.contains(flags.text("output"))) {
            terminal.complain(NAME + ": say muster certificates [-o wide|json] [--user NAME] [--shared]");
            return USAGE;
        }
        try (ApiClient client = Asking.of(flags, terminal).client()) {
            var found = new ArrayList<JsonNode>();
            String more = "";
            do {
                var answer = client.get(PATH + "?limit=" + PIECE + more);
                if (!isUnderstood(answer, terminal)) {
                    return FAILED;
                }
                answer.body().path("items").forEach(one -> {
                    if (isWanted(one, flags)) {
                        found.add(one);
                    }
                });
                String token = answer.body().path("metadata").path("continue").asText("");
                more = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
            } while (!more.isEmpty());
            show(found, flags.text("output"), terminal);
            return OK;
        }
    }

    /** {@code -o wide} and {@code -owide}, as kubectl takes them. */
    private static String written(String argument) {
        if (argument.equals("-o")) {
            return "--output";
        }
        return argument.startsWith("-o")
                ? "--output=" + argument.substring(argument.startsWith("-o=") ? 3 : 2)
                : argument;
    }

    private static boolean isWanted(JsonNode one, Flags flags) {
        String user = flags.text("user");
        return (user.isEmpty() || one.at("/user/username").asText("").equals(user))
                && (!flags.bool("shared") || one.path("shared").asBoolean());
    }

    private static void show(List<JsonNode> found, String form, Terminal terminal) {
        if (form.equals("json")) {
            var list = JsonNodeFactory.instance.objectNode();
            list.put("apiVersion", IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1)
                    .put("kind", "ClientCertificateList");
            list.putArray("items").addAll(found);
            terminal.say(new String(Json.writePretty(list), StandardCharsets.UTF_8).stripTrailing());
        } else if (found.isEmpty()) {
            terminal.say("no client certificate has been issued or accepted");
        } else {
            Rows.of(found, form.equals("wide"), InstantSource.system().instant())
                    .forEach(terminal::say);
        }
    }

    /** Says what is wrong with an answer that is none. */
    private static boolean isUnderstood(ApiClient.Answer answer, Terminal terminal) {
        switch (answer.code()) {
            case 200 -> {
                return true;
            }
            case 401 -> terminal.complain(NAME + ": the server does not know the credential of the kubeconfig");
            case 403 ->
                terminal.complain(NAME + ": not permitted: " + Plain.text(answer.message())
                        + " (the cluster role muster:certificate-viewer allows it)");
            case 404 -> terminal.complain(NAME + ": the server does not serve client certificates");
            default ->
                terminal.complain(NAME + ": the server answered " + answer.code() + " " + Plain.text(answer.message()));
        }
        return false;
    }
}

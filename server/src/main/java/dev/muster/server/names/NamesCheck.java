package dev.muster.server.names;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import dev.muster.server.wiring.NamesRoute;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code muster check --names}: status 0 when every user name comes from one place, 1 when not. Everything else that may be checked
 * is another command's.
 */
public final class NamesCheck implements Command {

    private static final String SELF = "--names";

    private static final FlagSet FLAGS = new FlagSet(Stream.concat(
                    Asking.FLAGS.stream(),
                    Stream.of(
                            Flag.bool("names", false, "List user names that two authenticators give."),
                            Flag.bool("help", false, "This text.")))
            .toList());

    private final Command others;

    /** @param others checks what is not asked for by {@code --names} */
    public NamesCheck(Command others) {
        this.others = others;
    }

    @Override
    public String summary() {
        String names = "list user names that two authenticators of a running server give (--names)";
        return others.summary() + "; or " + names;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        if (arguments.stream().noneMatch(argument -> argument.equals(SELF) || argument.startsWith(SELF + "="))) {
            return others.run(arguments, terminal);
        }
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("check " + SELF, "list user names that two authenticators give", FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("check", flags.problems());
        }
        if (!flags.bool("names") || !flags.words().isEmpty()) {
            terminal.complain("check: --names stands alone, beside --data-dir or --kubeconfig");
            return USAGE;
        }
        try (ApiClient client = Asking.of(flags, terminal).client()) {
            return ask(client, terminal);
        }
    }

    private static int ask(ApiClient client, Terminal terminal) throws IOException, InterruptedException {
        var answer = client.get(NamesRoute.PATH);
        switch (answer.code()) {
            case 200 -> {
                return tell(answer.body(), terminal);
            }
            case 401 -> terminal.complain("check: the server does not know the credential of the kubeconfig");
            case 403 ->
                terminal.complain("check: not permitted: " + Plain.text(answer.message())
                        + " (the cluster role muster:user-name-viewer allows it)");
            case 404 -> terminal.complain("check: the server does not tell of user names");
            default ->
                terminal.complain("check: the server answered " + answer.code() + " " + Plain.text(answer.message()));
        }
        return FAILED;
    }

    private static int tell(JsonNode found, Terminal terminal) {
        JsonNode names = found.path("names");
        long unremembered = found.path("unremembered").asLong();
        if (unremembered > 0) {
            terminal.say(unremembered + " times a user name was too long or one too many to be kept apart from others");
        }
        if (names.isEmpty()) {
            terminal.say("every user name seen since the server started comes from one authenticator");
            return OK;
        }
        boolean refusing = found.path("policy").asText().equals("refuse");
        for (JsonNode one : names) {
            var others = one.path("others")
                    .valueStream()
                    .map(JsonNode::asText)
                    .map(Plain::text)
                    .toList();
            terminal.say(Plain.text(one.path("name").asText()) + ": of "
                    + Plain.text(one.path("owner").asText()) + "; also given by " + String.join(", ", others)
                    + (refusing ? ", which is refused" : ""));
        }
        long more = found.path("count").asLong() - names.size();
        if (more > 0) {
            terminal.say("and " + more + " more");
        }
        if (!refusing) {
            terminal.say(
                    "to every policy each of these is one user; --duplicate-user-names=refuse refuses those named last");
        }
        return FAILED;
    }
}

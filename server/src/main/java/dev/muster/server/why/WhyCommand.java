package dev.muster.server.why;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** {@code muster why [ID]}: why a request was refused; without id, which were refused lately. */
public final class WhyCommand implements Command {

    private static final String PATH = "/apis/" + IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1 + "/refusals";
    private static final int LATEST = 20;

    private static final FlagSet FLAGS =
            new FlagSet(Stream.concat(Asking.FLAGS.stream(), Stream.of(Flag.bool("help", false, "This text.")))
                    .toList());

    @Override
    public String summary() {
        return "say why a request was refused: why ID (the id of the warning, or an audit id; without: the latest refusals)";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("why", summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("why", flags.problems());
        }
        if (flags.words().size() > 1) {
            terminal.complain("why: name one id, or none for the latest refusals");
            return USAGE;
        }
        if (!flags.words().isEmpty()
                && !isId(flags.words().getFirst())
                && !isAuditId(flags.words().getFirst())) {
            terminal.complain("why: an id is made of small letters and digits, such as 7k3m2x9p, or is an audit id,"
                    + " such as 72c73e62-4477-4b34-9def-0258b9f2a719");
            return USAGE;
        }
        try (ApiClient client = Asking.of(flags, terminal).client()) {
            return flags.words().isEmpty()
                    ? latest(client, terminal)
                    : one(client, flags.words().getFirst(), terminal);
        }
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-z]{1,63}");
    }

    /** What a server keeps of a client's Audit-ID, but for what would be a path. */
    private static boolean isAuditId(String text) {
        return text.matches("[-_.:/+=A-Za-z0-9]{1,128}") && !text.contains("..");
    }

    private static int one(ApiClient client, String id, Terminal terminal) throws IOException, InterruptedException {
        if (!isId(id)) {
            return byAuditId(client, id, terminal);
        }
        // The server makes these ids itself: no audit id that a client chooses comes before one.
        var answer = client.get(PATH + "/" + id);
        if (answer.code() == 404
                && answer.body().path("details").path("name").asText("").equals(id)) {
            return byAuditId(client, id, terminal);
        }
        if (!isUnderstood(answer, terminal)) {
            return FAILED;
        }
        Story.of(answer.body(), InstantSource.system().instant()).forEach(terminal::say);
        return OK;
    }

    private static int byAuditId(ApiClient client, String id, Terminal terminal)
            throws IOException, InterruptedException {
        var answer = client.get(PATH);
        if (!isUnderstood(answer, terminal)) {
            return FAILED;
        }
        var found = ByAuditId.of(answer.body().path("items"), id);
        if (found.isEmpty()) {
            terminal.complain("why: the server knows no refusal " + id
                    + ": it keeps the last few thousand, in memory, until it ends, and of each the last few audit ids");
            return FAILED;
        }
        var now = InstantSource.system().instant();
        if (found.size() == 1) {
            Story.of(found.get(0), now).forEach(terminal::say);
        } else {
            terminal.say("clients choose audit ids, and " + found.size() + " refusals have this one:");
            Latest.of(found, now).forEach(terminal::say);
        }
        return OK;
    }

    private static int latest(ApiClient client, Terminal terminal) throws IOException, InterruptedException {
        var answer = client.get(PATH + "?limit=" + LATEST);
        if (!isUnderstood(answer, terminal)) {
            return FAILED;
        }
        JsonNode items = answer.body().path("items");
        if (items.isEmpty()) {
            terminal.say("nothing was refused since the server started");
            return OK;
        }
        Latest.of(items, InstantSource.system().instant()).forEach(terminal::say);
        JsonNode more = answer.body().path("metadata").path("remainingItemCount");
        if (more.isNumber()) {
            terminal.say("and " + more.asLong() + " before: kubectl get refusals");
        }
        return OK;
    }

    /** Says what is wrong with an answer that is none. */
    private static boolean isUnderstood(ApiClient.Answer answer, Terminal terminal) {
        switch (answer.code()) {
            case 200 -> {
                return true;
            }
            case 401 -> terminal.complain("why: the server does not know the credential of the kubeconfig");
            case 403 ->
                terminal.complain("why: not permitted: " + Plain.text(answer.message())
                        + " (the cluster role muster:refusal-viewer allows it)");
            case 404 -> terminal.complain("why: the server does not serve refusals");
            default ->
                terminal.complain("why: the server answered " + answer.code() + " " + Plain.text(answer.message()));
        }
        return false;
    }
}

package dev.muster.server.accesstoken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Columns;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code muster token create|list|delete}. */
public final class TokenCommand implements Command {

    private static final String NAME = "token";
    private static final String PATH = "/apis/" + IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1 + "/accesstokens";

    private static final List<Flag> COMMON = List.of(
            Flag.text("kubeconfig", "", "Server and person; without it, that of KUBECONFIG, or ~/.kube/config."),
            Flag.bool("help", false, "This text."));

    private static final FlagSet PLAIN = new FlagSet(COMMON);
    private static final FlagSet CREATE = create();

    private static FlagSet create() {
        var all = new ArrayList<>(COMMON);
        all.add(Flag.text("description", "", "What it is for, for people."));
        all.add(Flag.duration("duration", "720h0m0s", "How long it lasts; the server may shorten it."));
        all.add(Flag.list("audience", "", "For whom it is good (repeatable); without it, for the API server."));
        all.add(Flag.list("group", "", "Give it these of your groups alone (repeatable)."));
        all.add(Flag.text("token-file", "", "Write it into this new file, 0600, instead of printing it."));
        return new FlagSet(all);
    }

    @Override
    public String summary() {
        return "access tokens for your programs: token create [NAME] | list | delete NAME...";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        String what = arguments.isEmpty() ? "" : arguments.getFirst();
        if (what.equals("--help")) {
            terminal.help(NAME, summary(), CREATE);
            return OK;
        }
        if (!List.of("create", "list", "delete").contains(what)) {
            terminal.complain(NAME + ": say create, list or delete; see: muster token --help");
            return USAGE;
        }
        FlagSet known = what.equals("create") ? CREATE : PLAIN;
        Flags flags = known.parse(arguments.subList(1, arguments.size()));
        if (flags.bool("help")) {
            terminal.help(NAME + " " + what, summary(), known);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(NAME + " " + what, flags.problems());
        }
        String wrong = wrongWords(what, flags.words().size());
        if (!wrong.isEmpty()) {
            terminal.complain(NAME + " " + what + ": " + wrong);
            return USAGE;
        }
        try (ApiClient client = Asking.asPerson(flags, terminal).client()) {
            return switch (what) {
                case "create" -> create(flags, client, terminal);
                case "list" -> list(client, terminal);
                default -> delete(flags.words(), client, terminal);
            };
        }
    }

    private static String wrongWords(String what, int words) {
        return switch (what) {
            case "create" -> words > 1 ? "one name at most" : "";
            case "list" -> words > 0 ? "takes no words" : "";
            default -> words == 0 ? "name what is to be deleted" : "";
        };
    }

    private static int create(Flags flags, ApiClient client, Terminal terminal)
            throws IOException, InterruptedException {
        var file = flags.optional("token-file").map(Path::of);
        if (file.isPresent() && Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            terminal.complain("token create: " + file.get() + " is there already: name a new file");
            return FAILED;
        }
        var answer = client.post(PATH, object(flags));
        if (answer.code() != 201) {
            return refused("create", answer, terminal);
        }
        JsonNode made = answer.body();
        String token = made.path("status").path("token").asText("");
        terminal.complain("access token "
                + Plain.text(made.path("metadata").path("name").asText("")) + " ends at "
                + Plain.text(made.path("status").path("expirationTimestamp").asText(""))
                + "; it is not shown again");
        if (file.isPresent()) {
            PrivateFile.write(file.get(), token + "\n");
        } else {
            terminal.say(Plain.text(token));
        }
        return OK;
    }

    private static ObjectNode object(Flags flags) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", IdentityGroup.NAME + "/" + IdentityGroup.V1ALPHA1)
                .put("kind", "AccessToken");
        var metadata = object.putObject("metadata");
        if (flags.words().isEmpty()) {
            metadata.put("generateName", "token-");
        } else {
            metadata.put("name", flags.words().getFirst());
        }
        var spec = object.putObject("spec");
        spec.put("expirationSeconds", flags.duration("duration").toSeconds());
        flags.optional("description").ifPresent(text -> spec.put("description", text));
        add(spec, "audiences", flags.list("audience"));
        add(spec, "groups", flags.list("group"));
        return object;
    }

    private static void add(ObjectNode spec, String field, List<String> values) {
        if (!values.isEmpty()) {
            var array = spec.putArray(field);
            values.forEach(array::add);
        }
    }

    private static int list(ApiClient client, Terminal terminal) throws IOException, InterruptedException {
        var answer = client.get(PATH);
        if (answer.code() != 200) {
            return refused("list", answer, terminal);
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "USER", "FOR", "LAST USED", "EXPIRES"));
        for (JsonNode one : answer.body().path("items")) {
            var spec = one.path("spec");
            var status = one.path("status");
            rows.add(List.of(
                    one.path("metadata").path("name").asText(""),
                    spec.path("user").path("username").asText(""),
                    spec.path("description").asText("-"),
                    status.path("lastUsedTime").asText("never"),
                    status.path("expirationTimestamp").asText("")));
        }
        Columns.of(rows).forEach(terminal::say);
        return OK;
    }

    private static int delete(List<String> names, ApiClient client, Terminal terminal)
            throws IOException, InterruptedException {
        int result = OK;
        for (String name : names) {
            if (!name.matches("[a-z0-9.-]{1,253}")) {
                // It may be the token itself: not repeated.
                terminal.complain(
                        "token delete: a name has small letters, digits, dots and dashes; see: muster token list");
                result = USAGE;
                continue;
            }
            var answer = client.delete(PATH + "/" + name);
            if (answer.code() == 200) {
                terminal.say("access token " + name + " deleted: it is good for nothing from now on");
            } else {
                result = refused("delete", answer, terminal);
            }
        }
        return result;
    }

    private static int refused(String what, ApiClient.Answer answer, Terminal terminal) {
        Asking.complain(NAME + " " + what, answer, terminal);
        return FAILED;
    }
}

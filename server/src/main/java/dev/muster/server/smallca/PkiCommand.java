package dev.muster.server.smallca;

import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code muster pki}: init, issue, renew, list. */
public final class PkiCommand implements Command {

    private final Map<String, Command> verbs = new LinkedHashMap<>();

    public PkiCommand() {
        verbs.put("init", new InitCommand());
        verbs.put("issue", new IssueCommand());
        verbs.put("renew", new RenewCommand());
        verbs.put("list", new ListCommand());
    }

    @Override
    public String summary() {
        return "keep a small certificate authority in a folder: init, issue, renew, list";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        String verb = arguments.isEmpty() ? "" : arguments.getFirst();
        var command = verbs.get(verb);
        if (command != null) {
            return command.run(arguments.subList(1, arguments.size()), terminal);
        }
        boolean asked = verb.equals("--help");
        if (!asked && !verb.isEmpty()) {
            terminal.complain("pki: there is no " + Quote.go(verb));
        }
        terminal.say("usage: muster pki VERB [FLAGS]");
        terminal.say("");
        verbs.forEach((name, one) -> terminal.say(String.format("  %-8s %s", name, one.summary())));
        return asked ? OK : USAGE;
    }
}

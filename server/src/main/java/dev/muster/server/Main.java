package dev.muster.server;

import dev.muster.server.command.Command;
import dev.muster.server.command.Commands;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Quote;
import java.util.Arrays;
import java.util.List;

/** Where {@code ./muster} begins. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var terminal = new Terminal(System.in, System.out, System.err, System.getenv());
        int status = run(Arrays.asList(arguments), terminal);
        System.out.flush();
        System.exit(status);
    }

    static int run(List<String> arguments, Terminal terminal) {
        if (arguments.isEmpty() || List.of("help", "--help", "-h").contains(arguments.getFirst())) {
            Commands.list(terminal);
            return arguments.isEmpty() ? Command.USAGE : Command.OK;
        }
        String name = arguments.getFirst();
        var command = Commands.byName(name);
        if (command.isEmpty()) {
            terminal.complain("there is no command " + Quote.go(name));
            Commands.list(terminal);
            return Command.USAGE;
        }
        try {
            return command.get().run(arguments.subList(1, arguments.size()), terminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Command.FAILED;
        } catch (Exception e) {
            terminal.complain(name + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            if (terminal.environment().containsKey("MUSTER_DEBUG")) {
                e.printStackTrace(terminal.err());
            }
            return Command.FAILED;
        }
    }
}

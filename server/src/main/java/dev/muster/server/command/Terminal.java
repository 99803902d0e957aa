package dev.muster.server.command;

import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Problem;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What a command can see and say: the streams and the environment. */
public record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    public void say(String line) {
        out.println(line);
    }

    public void complain(String line) {
        err.println("muster: " + line);
    }

    /** Every problem on its own line; the status is 2 when the call itself was wrong and 1 when a value was refused. */
    public int refuse(String command, List<Problem> problems) {
        for (Problem problem : problems) {
            complain(command + ": " + problem);
        }
        boolean usage = problems.stream()
                .anyMatch(p -> p.message().startsWith("unknown flag")
                        || p.message().startsWith("unknown shorthand")
                        || p.message().startsWith("unexpected argument")
                        || p.message().startsWith("flag needs an argument"));
        if (usage) {
            complain("see: muster " + command + " --help");
        }
        return usage ? Command.USAGE : Command.FAILED;
    }

    /** The flags a command knows. */
    public void help(String command, String summary, FlagSet flags) {
        say("muster " + command + ": " + summary);
        say("");
        for (Flag flag : flags.flags()) {
            String byDefault = flag.byDefault().isEmpty() ? "" : " (default " + flag.byDefault() + ")";
            say("  --" + flag.name());
            say("        " + flag.help() + byDefault);
        }
    }
}

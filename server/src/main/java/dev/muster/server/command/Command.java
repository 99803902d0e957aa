package dev.muster.server.command;

import java.util.List;

/** One command of {@code ./muster}. */
public interface Command {

    /** The status of a call that worked. */
    int OK = 0;

    /** The status of a refusal or failure. */
    int FAILED = 1;

    /** The status of a call that was itself wrong. */
    int USAGE = 2;

    /** One line for the list of commands. */
    String summary();

    /** Does it. */
    int run(List<String> arguments, Terminal terminal) throws Exception;
}

package dev.muster.server.command;

import java.util.List;

/** {@code muster version}. */
final class VersionCommand implements Command {

    @Override
    public String summary() {
        return "say which version this is";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        terminal.say("muster " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version());
        return OK;
    }
}

package dev.muster.server.up;

import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;

/** What {@code up} says when it is ready. */
final class Welcome {

    private Welcome() {}

    static void say(Terminal terminal, DataDir dir, People people, String server) {
        terminal.say("");
        terminal.say("Muster is up.");
        terminal.say("");
        terminal.say("  API              " + server);
        terminal.say("  data             " + dir.root());
        terminal.say("  administrator    " + dir.adminKubeconfig());
        terminal.say("  jane             " + people.jane() + "    static token, group developers");
        terminal.say("  john             " + people.john() + "    client certificate, group admins");
        terminal.say("  nobody           " + people.nobody() + "    no credentials");
        terminal.say("");
        terminal.say("Try, in another terminal:");
        terminal.say("");
        terminal.say("  export KUBECONFIG=" + people.jane());
        terminal.say("  kubectl auth whoami");
        terminal.say("  kubectl get nodes                  # refused: no role of jane's says so");
        terminal.say("  kubectl get nodes --kubeconfig " + people.john());
        terminal.say("  kubectl auth can-i --list -n development");
        terminal.say("");
        terminal.say("Ctrl-C ends it; everything acknowledged is kept.");
        terminal.out().flush();
    }
}

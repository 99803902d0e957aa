package dev.muster.server.config;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.util.ArrayList;
import java.util.List;

/** What {@code --authorization-mode} may name here. */
public enum AuthorizationMode {
    NODE,
    RBAC,
    ALWAYS_ALLOW,
    ALWAYS_DENY;

    private static final List<String> NOT_YET = List.of("ABAC", "Webhook");

    static List<AuthorizationMode> parse(Flags flags) {
        var modes = new ArrayList<AuthorizationMode>();
        var named = flags.list("authorization-mode");
        if (named.isEmpty()) {
            flags.problem("authorization-mode", "at least one authorization-mode must be passed");
        }
        for (String name : named) {
            AuthorizationMode mode = switch (name) {
                case "Node" -> NODE;
                case "RBAC" -> RBAC;
                case "AlwaysAllow" -> ALWAYS_ALLOW;
                case "AlwaysDeny" -> ALWAYS_DENY;
                default -> null;
            };
            if (mode == null) {
                flags.problem(
                        "authorization-mode",
                        NOT_YET.contains(name)
                                ? "authorization-mode " + Quote.go(name)
                                        + " is not served by this version: Node, RBAC, AlwaysAllow, AlwaysDeny are"
                                : "authorization-mode " + Quote.go(name) + " is not a valid mode");
            } else if (modes.contains(mode)) {
                flags.problem(
                        "authorization-mode",
                        "authorization-mode " + Quote.go(name) + " has mode specified more than once");
            } else {
                modes.add(mode);
            }
        }
        return List.copyOf(modes);
    }
}

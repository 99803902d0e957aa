package dev.muster.server.config;

import dev.muster.authn.structured.AnonymousAccess;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Whether requests without credentials are let in as system:anonymous, and to which paths. From {@code --anonymous-auth}, or
 * from the {@code anonymous} stanza of an AuthenticationConfiguration.
 *
 * @param paths exact paths; empty = all
 */
public record AnonymousOptions(boolean enabled, List<String> paths) {

    public AnonymousOptions {
        paths = List.copyOf(paths);
    }

    static AnonymousOptions from(Flags flags, List<AuthorizationMode> modes, Optional<AuthenticationFileOptions> file) {
        Optional<AnonymousAccess> stanza = file.flatMap(AuthenticationFileOptions::anonymous);
        if (stanza.isPresent()) {
            if (flags.isGiven("anonymous-auth")) {
                flags.problems()
                        .add(new Problem(
                                "anonymous",
                                "Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in"
                                        + " authentication configuration file"));
            }
            return new AnonymousOptions(stanza.get().enabled(), stanza.get().paths());
        }
        // As Kubernetes: with AlwaysAllow an unsaid default must not let everybody do everything.
        if (modes.contains(AuthorizationMode.ALWAYS_ALLOW) && !flags.isGiven("anonymous-auth")) {
            return new AnonymousOptions(false, List.of());
        }
        return new AnonymousOptions(flags.bool("anonymous-auth"), List.of());
    }
}

package dev.muster.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Yaml;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.server.flags.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether requests without credentials are let in as system:anonymous, and to which paths. From {@code --anonymous-auth}, or
 * from the {@code anonymous} stanza of an AuthenticationConfiguration (apiserver.config.k8s.io v1, v1beta1, v1alpha1).
 *
 * @param paths exact paths; empty = all
 */
public record AnonymousOptions(boolean enabled, List<String> paths) {

    private static final List<String> VERSIONS = List.of(
            "apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1", "apiserver.config.k8s.io/v1alpha1");

    public AnonymousOptions {
        paths = List.copyOf(paths);
    }

    static AnonymousOptions from(Flags flags, List<AuthorizationMode> modes) {
        Optional<AnonymousOptions> fromFile =
                flags.optional("authentication-config").map(Path::of).flatMap(file -> read(file, flags));
        if (fromFile.isPresent()) {
            if (flags.isGiven("anonymous-auth")) {
                flags.problem(
                        "anonymous-auth",
                        "anonymous-auth flag cannot be set when anonymous field is configured in authentication"
                                + " configuration file");
            }
            return fromFile.get();
        }
        // As Kubernetes: with AlwaysAllow an unsaid default must not let everybody do everything.
        if (modes.contains(AuthorizationMode.ALWAYS_ALLOW) && !flags.isGiven("anonymous-auth")) {
            return new AnonymousOptions(false, List.of());
        }
        return new AnonymousOptions(flags.bool("anonymous-auth"), List.of());
    }

    private static Optional<AnonymousOptions> read(Path file, Flags flags) {
        JsonNode root;
        try {
            var parsed = Yaml.parseObject(Files.readAllBytes(file));
            root = parsed.value();
            parsed.problems().forEach(p -> flags.problem("authentication-config", p));
        } catch (IOException e) {
            flags.problem("authentication-config", "open " + file + ": no such file or not readable");
            return Optional.empty();
        } catch (MalformedBody e) {
            flags.problem("authentication-config", file + ": " + e.getMessage());
            return Optional.empty();
        }
        var problems = flags.problems();
        if (!root.path("kind").asText().equals("AuthenticationConfiguration")) {
            problems.add(new Problem("kind", "must be AuthenticationConfiguration"));
        }
        if (!VERSIONS.contains(root.path("apiVersion").asText())) {
            problems.add(new Problem("apiVersion", "must be one of " + String.join(", ", VERSIONS)));
        }
        root.fieldNames().forEachRemaining(name -> {
            switch (name) {
                case "kind", "apiVersion", "anonymous" -> {}
                case "jwt" -> {
                    if (!root.path("jwt").isEmpty()) {
                        problems.add(new Problem("jwt", "JWT authenticators are not served by this version"));
                    }
                }
                default -> problems.add(new Problem(name, "unknown field"));
            }
        });
        return root.has("anonymous") ? Optional.of(anonymous(root.path("anonymous"), problems)) : Optional.empty();
    }

    private static AnonymousOptions anonymous(JsonNode stanza, List<Problem> problems) {
        stanza.fieldNames().forEachRemaining(name -> {
            if (!name.equals("enabled") && !name.equals("conditions")) {
                problems.add(new Problem("anonymous." + name, "unknown field"));
            }
        });
        if (!stanza.isObject()
                || stanza.has("enabled") && !stanza.path("enabled").isBoolean()) {
            problems.add(new Problem("anonymous.enabled", "must be true or false"));
        }
        boolean enabled = stanza.path("enabled").asBoolean(false);
        var paths = new ArrayList<String>();
        JsonNode conditions = stanza.path("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            String where = "anonymous.conditions[" + i + "]";
            JsonNode condition = conditions.get(i);
            condition.fieldNames().forEachRemaining(name -> {
                if (!name.equals("path")) {
                    problems.add(new Problem(where + "." + name, "unknown field"));
                }
            });
            String path = condition.path("path").asText("");
            if (!path.startsWith("/")) {
                problems.add(new Problem(where + ".path", "Invalid value: " + Quote.go(path) + ": must begin with /"));
            }
            paths.add(path);
        }
        if (!enabled && !paths.isEmpty()) {
            problems.add(new Problem(
                    "anonymous.conditions",
                    "Invalid value: enabled should be set to true when conditions are defined"));
        }
        return new AnonymousOptions(enabled, paths);
    }
}

package dev.muster.server.config;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which API group versions are served ({@code --runtime-config}). Keys: {@code api/all}, {@code api/ga}, {@code api/beta},
 * {@code api/alpha}, {@code group/version}; later and more special ones win.
 */
public record RuntimeConfig(Map<String, Boolean> switches) {

    /** Group versions this program knows; {@code v1} is the core group. */
    static final Map<String, List<String>> KNOWN = Map.of(
            "", List.of("v1"),
            "rbac.authorization.k8s.io", List.of("v1"),
            "authentication.k8s.io", List.of("v1", "v1beta1"),
            "authorization.k8s.io", List.of("v1"),
            "certificates.k8s.io", List.of("v1"),
            "identity.muster.dev", List.of("v1alpha1"));

    private static final List<String> WHOLESALE = List.of("api/all", "api/ga", "api/beta", "api/alpha");

    public RuntimeConfig {
        switches = Map.copyOf(switches);
    }

    static RuntimeConfig parse(Flags flags) {
        var switches = new LinkedHashMap<String, Boolean>();
        var unknownGroups = new ArrayList<String>();
        flags.map("runtime-config").forEach((key, text) -> {
            if (!text.equals("true") && !text.equals("false")) {
                flags.problem("runtime-config", "invalid value of " + key + ": " + Quote.go(text) + " (true or false)");
                return;
            }
            check(key, flags, unknownGroups);
            switches.put(key.equals("api/v1") ? "v1" : key, Boolean.parseBoolean(text));
        });
        if (!unknownGroups.isEmpty()) {
            flags.problem("runtime-config", "unknown api groups " + String.join(",", unknownGroups));
        }
        if (switches.size() == 1 && Boolean.FALSE.equals(switches.get("api/all"))) {
            flags.problem("runtime-config", "invalid key with only api/all=false");
        }
        return new RuntimeConfig(switches);
    }

    private static void check(String key, Flags flags, List<String> unknownGroups) {
        if (WHOLESALE.contains(key) || key.equals("api/v1") || key.equals("v1")) {
            return;
        }
        String[] parts = key.split("/", -1);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            flags.problem("runtime-config", "invalid key " + Quote.go(key) + ": write group/version");
        } else if (!KNOWN.containsKey(parts[0])) {
            unknownGroups.add(parts[0]);
        } else if (!KNOWN.get(parts[0]).contains(parts[1])) {
            flags.problem(
                    "runtime-config", "group version " + parts[0] + "/" + parts[1] + " that has not been registered");
        } else if (parts.length > 2) {
            flags.problem(
                    "runtime-config",
                    "invalid key " + Quote.go(key) + ": single resources cannot be switched, write group/version");
        }
    }

    /** Whether a group version is served. */
    public boolean serves(String group, String version) {
        Boolean own = switches.get(group.isEmpty() ? version : group + "/" + version);
        if (own != null) {
            return own;
        }
        String stage = version.contains("alpha") ? "api/alpha" : version.contains("beta") ? "api/beta" : "api/ga";
        return switches.getOrDefault(stage, switches.getOrDefault("api/all", true));
    }
}

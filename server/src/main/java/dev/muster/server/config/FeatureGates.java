package dev.muster.server.config;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which gated features are on ({@code --feature-gates}), under Kubernetes' names and with its defaults (1.36). Only gates that
 * change something here are known; {@code AllAlpha} and {@code AllBeta} hold for those that are not named themselves.
 */
public record FeatureGates(Map<String, Boolean> set) {

    /** KEP-5284: acting as another for some actions only. */
    public static final String CONSTRAINED_IMPERSONATION = "ConstrainedImpersonation";

    private enum Stage {
        ALPHA("AllAlpha"),
        BETA("AllBeta");

        private final String all;

        Stage(String all) {
            this.all = all;
        }
    }

    private record Gate(Stage stage, boolean byDefault) {}

    private static final Map<String, Gate> KNOWN = Map.of(CONSTRAINED_IMPERSONATION, new Gate(Stage.BETA, true));

    public FeatureGates {
        set = Map.copyOf(set);
    }

    /** The defaults. */
    public static FeatureGates byDefault() {
        return new FeatureGates(Map.of());
    }

    static FeatureGates parse(Flags flags) {
        var set = new LinkedHashMap<String, Boolean>();
        for (String item : flags.list("feature-gates")) {
            int equals = item.indexOf('=');
            String name = plain(equals < 0 ? item : item.substring(0, equals));
            String text = equals < 0 ? "" : item.substring(equals + 1).strip();
            if (equals < 0) {
                flags.problem("feature-gates", "missing bool value for " + name);
            } else if (!isKnown(name)) {
                flags.problem("feature-gates", "unrecognized feature gate: " + name);
            } else {
                bool(text)
                        .ifPresentOrElse(
                                value -> set.put(name, value),
                                () -> flags.problem(
                                        "feature-gates",
                                        "invalid value of " + name + "=" + text + ", err: strconv.ParseBool: parsing "
                                                + Quote.go(text) + ": invalid syntax"));
            }
        }
        return new FeatureGates(set);
    }

    /** {@code kube:Gate} is the same as {@code Gate}. */
    private static String plain(String name) {
        String stripped = name.strip();
        return stripped.startsWith("kube:") ? stripped.substring("kube:".length()) : stripped;
    }

    private static boolean isKnown(String name) {
        return KNOWN.containsKey(name) || Arrays.stream(Stage.values()).anyMatch(stage -> stage.all.equals(name));
    }

    private static Optional<Boolean> bool(String text) {
        if (List.of("1", "t", "T", "true", "TRUE", "True").contains(text)) {
            return Optional.of(true);
        }
        return List.of("0", "f", "F", "false", "FALSE", "False").contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** Whether a feature is on; the name is one of this class's. */
    public boolean enabled(String name) {
        Gate gate = KNOWN.get(name);
        Boolean own = set.get(name);
        return own != null ? own : set.getOrDefault(gate.stage().all, gate.byDefault());
    }
}

package dev.muster.server.config;

import dev.muster.apiserver.admission.AdmissionPlugins;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code --enable-admission-plugins} and {@code --disable-admission-plugins}: what is not named stays as it is by default. */
final class AdmissionOptions {

    private static final String ENABLE = "enable-admission-plugins";
    private static final String DISABLE = "disable-admission-plugins";

    private AdmissionOptions() {}

    /** The plugins that are on. */
    static Set<String> enabled(Flags flags) {
        List<String> on = known(flags, ENABLE);
        List<String> off = known(flags, DISABLE);
        List<String> both = flags.list(ENABLE).stream()
                .filter(flags.list(DISABLE)::contains)
                .toList();
        if (!both.isEmpty()) {
            flags.problem(ENABLE, both + " in enable-admission-plugins and disable-admission-plugins overlapped");
        }
        var enabled = new LinkedHashSet<>(AdmissionPlugins.ALL);
        enabled.addAll(on);
        enabled.removeAll(off);
        return enabled;
    }

    private static List<String> known(Flags flags, String flag) {
        var named = flags.list(flag);
        for (String name : named) {
            if (AdmissionPlugins.ELSEWHERE.contains(name)) {
                // What is not here is off already; what shall check something and is not here must not be passed over.
                if (flag.equals(ENABLE)) {
                    flags.problem(
                            flag, flag + " plugin " + Quote.go(name) + " is not served by this version: " + all());
                }
            } else if (!AdmissionPlugins.ALL.contains(name)) {
                flags.problem(flag, flag + " plugin " + Quote.go(name) + " is unknown: there are " + all());
            }
        }
        return named.stream().filter(AdmissionPlugins.ALL::contains).toList();
    }

    private static String all() {
        return String.join(", ", AdmissionPlugins.ALL);
    }
}

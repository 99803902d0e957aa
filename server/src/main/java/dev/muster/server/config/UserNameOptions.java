package dev.muster.server.config;

import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Quote;
import java.util.List;

/**
 * One user name, two authenticators.
 *
 * @param refuse whether whoever comes with another authenticator's name is refused, rather than only reported
 */
public record UserNameOptions(boolean refuse) {

    private static final String DUPLICATES = "duplicate-user-names";

    static List<Flag> flags() {
        return List.of(
                Flag.text(
                        DUPLICATES,
                        "report",
                        "What becomes of a user name that two authenticators give: report, or refuse to all but the first in the chain."));
    }

    static UserNameOptions from(Flags flags) {
        String text = flags.text(DUPLICATES);
        if (!text.equals("report") && !text.equals("refuse")) {
            flags.problem(DUPLICATES, "unsupported value " + Quote.go(text) + ": report or refuse");
        }
        return new UserNameOptions(text.equals("refuse"));
    }
}

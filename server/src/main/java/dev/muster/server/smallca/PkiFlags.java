package dev.muster.server.smallca;

import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.server.flags.Quote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the verbs' flags have in common. */
final class PkiFlags {

    static final Flag DIR = Flag.text("dir", "pki", "Folder of the authority.");
    static final Flag HELP = Flag.bool("help", false, "This text.");

    private PkiFlags() {}

    static FlagSet with(Flag... own) {
        var all = new ArrayList<Flag>(List.of(own));
        all.add(DIR);
        all.add(HELP);
        return new FlagSet(all);
    }

    static PkiFolder folder(Flags flags) {
        return new PkiFolder(Path.of(flags.text("dir")).toAbsolutePath().normalize());
    }

    static Duration duration(Flags flags) {
        Duration duration = flags.duration("duration");
        if (duration.isZero()) {
            flags.problem("duration", "must be more than nothing");
        }
        return duration;
    }

    /** Notes every word beyond those that were expected. */
    static void noMoreWords(Flags flags, int expected) {
        flags.words().stream()
                .skip(expected)
                .forEach(word -> flags.problems().add(new Problem(Quote.go(word), "unexpected argument")));
    }
}

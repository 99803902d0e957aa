package dev.muster.core.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * What was met on the way to an answer that is no yes.
 *
 * @param heard what each authenticator that has a name said, in the order they were asked; for operators
 * @param warnings sentences for the caller, about the form of what was presented, never about its truth
 */
public record Trail(List<Heard> heard, List<String> warnings) {

    public static final Trail EMPTY = new Trail(List.of(), List.of());

    public Trail {
        heard = List.copyOf(heard);
        warnings = List.copyOf(warnings);
    }

    public static Trail of(Heard heard) {
        return new Trail(List.of(heard), List.of());
    }

    public static Trail warning(String text) {
        return new Trail(List.of(), List.of(text));
    }

    /** This one, then the other. */
    public Trail plus(Trail later) {
        if (later == EMPTY) {
            return this;
        }
        return this == EMPTY ? later : new Trail(joined(heard, later.heard), joined(warnings, later.warnings));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<T>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }
}

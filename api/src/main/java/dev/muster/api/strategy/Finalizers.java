package dev.muster.api.strategy;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules for one finalizer: a name with a domain, or one of the few that Kubernetes itself knows. */
public final class Finalizers {

    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";
    private static final Set<String> STANDARD = Set.of("kubernetes", ORPHAN, FOREGROUND);

    private Finalizers() {}

    /**
     * What is wrong with one finalizer.
     *
     * @param path the list's
     * @param index the item's; Kubernetes gives it for one of two complaints
     */
    public static List<Cause> check(FieldPath path, FieldPath index, String finalizer) {
        var causes = new ArrayList<Cause>();
        QualifiedNames.keyProblems(finalizer)
                .forEach(problem -> causes.add(FieldErrors.invalid(path, finalizer, problem)));
        if (!finalizer.contains("/") && !STANDARD.contains(finalizer)) {
            causes.add(FieldErrors.invalid(
                    index, finalizer, "name is neither a standard finalizer name nor is it fully qualified"));
        }
        return causes;
    }
}

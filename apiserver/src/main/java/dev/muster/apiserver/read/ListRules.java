package dev.muster.apiserver.read;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;

/** Which list options go together. */
final class ListRules {

    static final String EXACT = "Exact";
    static final String NOT_OLDER_THAN = "NotOlderThan";

    private static final FieldPath MATCH = FieldPath.of("resourceVersionMatch");
    private static final FieldPath INITIAL = FieldPath.of("sendInitialEvents");

    private ListRules() {}

    static List<Cause> check(ListOptions options, boolean watch) {
        return watch ? ofWatch(options) : ofList(options);
    }

    private static List<Cause> ofList(ListOptions options) {
        var causes = new ArrayList<Cause>();
        String match = options.match();
        if (!match.isEmpty()) {
            if (options.resourceVersion().isEmpty()) {
                forbid(causes, "resourceVersionMatch is forbidden unless resourceVersion is provided");
            }
            if (!options.continueToken().isEmpty()) {
                forbid(causes, "resourceVersionMatch is forbidden when continue is provided");
            }
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
                causes.add(FieldErrors.notSupported(MATCH, match, List.of(EXACT, NOT_OLDER_THAN, "")));
            }
            if (match.equals(EXACT) && options.resourceVersion().equals("0")) {
                forbid(causes, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
            }
        }
        if (options.watch().sendInitialEvents().isPresent()) {
            causes.add(FieldErrors.forbidden(INITIAL, "sendInitialEvents is forbidden for list"));
        }
        return causes;
    }

    private static List<Cause> ofWatch(ListOptions options) {
        var causes = new ArrayList<Cause>();
        String match = options.match();
        boolean initial = options.watch().sendInitialEvents().isPresent();
        if (initial && !match.equals(NOT_OLDER_THAN)) {
            forbid(causes, "sendInitialEvents requires setting resourceVersionMatch to " + NOT_OLDER_THAN);
        }
        if (!match.isEmpty()) {
            if (!initial) {
                forbid(causes, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
            if (!match.equals(NOT_OLDER_THAN)) {
                causes.add(FieldErrors.notSupported(MATCH, match, List.of(NOT_OLDER_THAN)));
            }
            if (!options.continueToken().isEmpty()) {
                forbid(causes, "resourceVersionMatch is forbidden when continue is provided");
            }
        }
        return causes;
    }

    private static void forbid(List<Cause> causes, String why) {
        causes.add(FieldErrors.forbidden(MATCH, why));
    }
}

package dev.muster.apiserver.write;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.http.serve.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * How to write (Kubernetes' CreateOptions, UpdateOptions and PatchOptions).
 *
 * @param dryRun whether nothing may be stored
 * @param validation what becomes of unknown and duplicate fields
 */
public record WriteOptions(boolean dryRun, Validation validation) {

    /** The names as they are on the wire. */
    public enum Validation {
        Ignore,
        Warn,
        Strict
    }

    private static final int LONGEST_MANAGER = 128;

    /**
     * Reads the query.
     *
     * @param kind CreateOptions, UpdateOptions or PatchOptions: as messages name them
     * @throws StatusException 422
     */
    public static WriteOptions parse(Query query, String kind) {
        if (query.values().isEmpty()) {
            return new WriteOptions(false, Validation.Warn);
        }
        var causes = new ArrayList<Status.Cause>();
        boolean dryRun = dryRun(query.values().getOrDefault("dryRun", List.of()), causes);
        checkManager(query.text("fieldManager"), causes);
        if (kind.equals("PatchOptions") && query.has("force")) {
            causes.add(FieldErrors.forbidden(FieldPath.of("force"), "may not be specified for non-apply patch"));
        }
        Validation validation = validation(query.text("fieldValidation"), causes);
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(new Gvk("meta.k8s.io", "v1", kind), "", causes));
        }
        return new WriteOptions(dryRun, validation);
    }

    static boolean dryRun(List<String> values, List<Status.Cause> causes) {
        if (values.stream().anyMatch(value -> !value.equals("All"))) {
            causes.add(FieldErrors.notSupported(FieldPath.of("dryRun"), values, List.of("All")));
        }
        return !values.isEmpty();
    }

    private static void checkManager(String manager, List<Status.Cause> causes) {
        var path = FieldPath.of("fieldManager");
        if (manager.length() > LONGEST_MANAGER) {
            causes.add(FieldErrors.tooLong(path, LONGEST_MANAGER));
        }
        if (!manager.codePoints().allMatch(WriteOptions::isPrintable)) {
            causes.add(FieldErrors.invalid(path, manager, "should only contain printable characters"));
        }
    }

    /** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols, and of the spaces the one of ASCII. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static Validation validation(String text, List<Status.Cause> causes) {
        return switch (text) {
            case "", "Warn" -> Validation.Warn;
            case "Ignore" -> Validation.Ignore;
            case "Strict" -> Validation.Strict;
            default -> {
                causes.add(FieldErrors.notSupported(
                        FieldPath.of("fieldValidation"), text, List.of("", "Ignore", "Strict", "Warn")));
                yield Validation.Strict;
            }
        };
    }
}

package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.QualifiedNames;
import dev.muster.api.strategy.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a container's requests and limits must be. */
final class ResourceRules {

    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE_PAGES = "hugepages-";
    private static final String NATIVE = "kubernetes.io/";

    private ResourceRules() {}

    static void check(FieldPath path, JsonNode resources, List<Cause> causes) {
        JsonNode limits = resources.path("limits");
        JsonNode requests = resources.path("requests");
        amounts(path.child("limits"), limits, causes);
        amounts(path.child("requests"), requests, causes);
        for (var request : requests.properties()) {
            String name = request.getKey();
            Optional<Quantity> wanted = Quantity.parse(request.getValue().asText());
            Optional<Quantity> limit = Quantity.parse(limits.path(name).asText(""));
            if (wanted.isEmpty()) {
                continue;
            }
            boolean exact = !isOvercommitAllowed(name);
            if (limit.isEmpty()) {
                if (exact) {
                    causes.add(FieldErrors.required(
                            path.child("limits"), "Limit must be set for non overcommitable resources"));
                }
                continue;
            }
            int difference = wanted.get().compareTo(limit.get());
            if (exact && difference != 0 || difference > 0) {
                causes.add(FieldErrors.invalid(
                        path.child("requests"),
                        wanted.get().canonical(),
                        (exact ? "must be equal to " : "must be less than or equal to ") + name + " limit of "
                                + limit.get().canonical()));
            }
        }
    }

    private static void amounts(FieldPath path, JsonNode list, List<Cause> causes) {
        for (var entry : list.properties()) {
            FieldPath at = path.key(entry.getKey());
            name(at, entry.getKey(), causes);
            var quantity = Quantity.parse(entry.getValue().asText());
            if (quantity.isEmpty()) {
                causes.add(FieldErrors.invalid(at, entry.getValue(), Quantity.WRONG));
            } else if (quantity.get().value().signum() < 0) {
                causes.add(FieldErrors.invalid(at, quantity.get().canonical(), "must be greater than or equal to 0"));
            }
        }
    }

    private static void name(FieldPath path, String name, List<Cause> causes) {
        var problems = QualifiedNames.keyProblems(name);
        problems.forEach(problem -> causes.add(FieldErrors.invalid(path, name, problem)));
        if (problems.isEmpty() && !name.contains("/") && !STANDARD.contains(name) && !name.startsWith(HUGE_PAGES)) {
            causes.add(FieldErrors.invalid(path, name, "must be a standard resource for containers"));
        }
    }

    /** Extended resources and huge pages are handed out as a whole. */
    private static boolean isOvercommitAllowed(String name) {
        boolean isNative = !name.contains("/") || name.contains(NATIVE);
        return isNative && !name.startsWith(HUGE_PAGES);
    }
}

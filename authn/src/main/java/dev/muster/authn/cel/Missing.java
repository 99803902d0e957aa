package dev.muster.authn.cel;

import dev.cel.common.CelIssue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Kubernetes' environment has and this one has not: said by its name, so that nobody looks for a spelling mistake. */
final class Missing {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([A-Za-z0-9_.]+)'.*");

    private static final List<String> NAMES =
            List.of("quantity", "isQuantity", "semver", "isSemver", "format.named", "authorizer");

    private static final String FORMATS = "format.";

    private Missing() {}

    static Optional<String> from(List<CelIssue> issues) {
        return issues.stream()
                .flatMap(issue -> name(issue.getMessage()))
                .findFirst()
                .map(name ->
                        "compilation failed: " + name + " of Kubernetes' CEL environment is not available in this one");
    }

    private static Stream<String> name(String message) {
        var undeclared = UNDECLARED.matcher(message);
        if (!undeclared.matches()) {
            return Stream.empty();
        }
        String name = undeclared.group(1);
        return NAMES.contains(name) || name.startsWith(FORMATS) || name.equals("format")
                ? Stream.of(name)
                : Stream.empty();
    }
}

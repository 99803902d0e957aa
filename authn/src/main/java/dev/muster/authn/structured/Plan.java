package dev.muster.authn.structured;

import dev.muster.authn.cel.Expression;
import java.util.List;
import java.util.Optional;

/**
 * What is to be made of claims, with every expression compiled.
 *
 * @param path of the entry: {@code jwt[0]}
 * @param required claims that must have a value
 * @param claimRules of claims
 * @param userRules of the user that came out
 */
record Plan(
        String path,
        Source username,
        Optional<Source> groups,
        Optional<Source> uid,
        List<Extra> extra,
        List<Required> required,
        List<Rule> claimRules,
        List<Rule> userRules) {

    /** Where something comes from. */
    sealed interface Source {
        String path();
    }

    record ByClaim(String path, String claim, String prefix) implements Source {}

    record ByExpression(String path, Expression expression) implements Source {}

    record Extra(String path, String key, Expression expression) {}

    record Required(String path, String claim, String value) {}

    /** @param message of whoever wrote the rule; may be empty */
    record Rule(String path, Expression expression, String message) {}

    /** How many there are beside the mappings. */
    int rules() {
        return required.size() + claimRules.size() + userRules.size();
    }
}

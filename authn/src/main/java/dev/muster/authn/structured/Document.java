package dev.muster.authn.structured;

import java.util.List;
import java.util.Optional;

/**
 * What is written in a configuration, field by field; empty texts are absent ones, as in Go. Nothing of it is checked.
 *
 * @param anonymous empty = the flag decides
 */
record Document(List<Jwt> jwt, Optional<AnonymousAccess> anonymous) {

    record Jwt(
            IssuerFields issuer,
            List<ClaimValidationRule> claimValidationRules,
            ClaimMappings claimMappings,
            List<UserValidationRule> userValidationRules) {}

    record IssuerFields(
            String url,
            String discoveryUrl,
            String certificateAuthority,
            List<String> audiences,
            String audienceMatchPolicy,
            String egressSelectorType) {}

    record ClaimValidationRule(String claim, String requiredValue, String expression, String message) {}

    record ClaimMappings(PrefixedMapping username, PrefixedMapping groups, Mapping uid, List<ExtraMapping> extra) {}

    /** @param prefix empty = not written, which is not the same as an empty one */
    record PrefixedMapping(String claim, Optional<String> prefix, String expression) {}

    record Mapping(String claim, String expression) {}

    record ExtraMapping(String key, String valueExpression) {}

    record UserValidationRule(String expression, String message) {}
}

package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the {@code --oidc-*} flags of kube-apiserver say of claims: one claim is the name, another perhaps the groups, some must have
 * certain values. Claims are looked for by their whole names, at the top of the token: dots are no paths.
 *
 * @param username its claim
 * @param usernamePrefix put before it; see {@link #defaultPrefix}
 * @param groups their claim; empty = no groups
 * @param groupsPrefix put before each
 * @param required claims that must be there, as strings with exactly these values
 */
public record FlagClaimRules(
        String username,
        String usernamePrefix,
        Optional<String> groups,
        String groupsPrefix,
        Map<String, String> required)
        implements ClaimRules {

    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";

    public FlagClaimRules {
        required = Map.copyOf(required);
    }

    /**
     * What {@code --oidc-username-prefix} means: {@code -} is none, nothing is the issuer and {@code #} for every claim but {@code
     * email}.
     */
    public static String defaultPrefix(String given, String claim, String issuer) {
        if (given.equals("-")) {
            return "";
        }
        return given.isEmpty() && !claim.equals(EMAIL) ? issuer + "#" : given;
    }

    @Override
    public Set<String> distributed() {
        return groups.map(Set::of).orElse(Set.of());
    }

    @Override
    public Outcome judge(Claims claims) {
        var problem = unnamed(claims).or(() -> unverified(claims)).or(() -> malformedGroups(claims));
        if (problem.isEmpty()) {
            problem = required.entrySet().stream()
                    .flatMap(entry -> lacking(claims, entry.getKey(), entry.getValue()).stream())
                    .findFirst();
        }
        return problem.orElseGet(() -> Outcome.accepted(user(claims)));
    }

    private User user(Claims claims) {
        var names = new ArrayList<String>();
        groups.flatMap(claims::value)
                .ifPresent(value -> texts(value).orElseThrow().forEach(name -> names.add(groupsPrefix + name)));
        var ids = claims.credentialIds();
        return new User(
                usernamePrefix + claims.text(username).orElseThrow(),
                "",
                names,
                ids.isEmpty() ? Map.of() : Map.of(User.CREDENTIAL_ID, ids));
    }

    private Optional<Outcome> unnamed(Claims claims) {
        if (!claims.has(username)) {
            return refused("parse username claims " + Plain.quoted(username) + ": claim not present");
        }
        var name = claims.text(username);
        if (name.isEmpty()) {
            return refused("parse username claims " + Plain.quoted(username) + ": claim is no string");
        }
        return name.get().isEmpty()
                ? refused("parse username claims " + Plain.quoted(username) + ": claim is empty")
                : Optional.empty();
    }

    /** Looked at only when the address is the name: whoever merely claims an address is not its owner. */
    private Optional<Outcome> unverified(Claims claims) {
        if (!username.equals(EMAIL) || !claims.has(EMAIL_VERIFIED)) {
            return Optional.empty();
        }
        return switch (claims.tree().get(EMAIL_VERIFIED)) {
            case Boolean verified ->
                verified ? Optional.empty() : refused("email not verified (claim email_verified is false)");
            case null -> refused("email not verified (claim email_verified is null)");
            default -> refused("parse 'email_verified' claim: neither true nor false");
        };
    }

    private Optional<Outcome> malformedGroups(Claims claims) {
        return groups.filter(claim -> claims.value(claim)
                        .filter(value -> texts(value).isEmpty())
                        .isPresent())
                .flatMap(claim -> refused(
                        "parse groups claim " + Plain.quoted(claim) + ": neither a string nor an array of strings"));
    }

    /** An empty group would become the bare prefix: it is none, as in structured configuration. */
    private static Optional<List<String>> texts(Object value) {
        var items = value instanceof List<?> several ? several : List.of(value);
        var texts = new ArrayList<String>(items.size());
        for (Object item : items) {
            if (item != null && !(item instanceof String)) {
                return Optional.empty();
            }
            if (item instanceof String text && !text.isEmpty()) {
                texts.add(text);
            }
        }
        return Optional.of(texts);
    }

    private static Optional<Outcome> lacking(Claims claims, String name, String value) {
        if (!claims.has(name)) {
            return refused("required claim " + Plain.quoted(name) + " not present in ID token");
        }
        var text = claims.text(name);
        if (text.isEmpty()) {
            return refused("parse claim " + Plain.quoted(name) + ": no string");
        }
        return text.get().equals(value)
                ? Optional.empty()
                : refused("required claim " + Plain.quoted(name) + " value does not match. Got = "
                        + Plain.quoted(text.get()) + ", want = " + Plain.quoted(value));
    }

    private static Optional<Outcome> refused(String detail) {
        return Optional.of(Outcome.refused(Reason.POLICY, detail));
    }
}

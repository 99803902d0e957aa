package dev.muster.authn.serviceaccount;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.VerificationKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tokens without an end, each good while a secret of type {@code kubernetes.io/service-account-token} holds exactly it. Looks up in
 * memory; does not block.
 */
public final class LegacyTokens implements TokenAuthenticator {

    /** The issuer of all such tokens. */
    public static final String ISSUER = "kubernetes/serviceaccount";

    /** The label that says since when a token in a secret is taken back; removing it gives the token back. */
    public static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

    static final String CLAIM = "kubernetes.io/serviceaccount/";

    static final String AUTOMATIC =
            "Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated"
                    + " secret-based tokens.";

    private final SignedTokens tokens;
    private final Optional<AccountObjects> objects;
    private final Use use;

    /** Hears that the token in a secret was used; must be quick. */
    @FunctionalInterface
    public interface Use {
        void used(String namespace, String secret);
    }

    /**
     * @param objects empty = the signature alone counts ({@code --service-account-lookup=false})
     * @param own the API server's audiences, which such tokens are for
     */
    public LegacyTokens(Supplier<VerificationKeys> keys, Audiences own, Optional<AccountObjects> objects, Use use) {
        this.tokens = new SignedTokens(keys, Set.of(ISSUER), own);
        this.objects = objects;
        this.use = use;
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        return switch (tokens.read(token, wanted)) {
            case SignedTokens.Reading.Foreign _ -> Outcome.NOT_MINE;
            case SignedTokens.Reading.Bad bad -> bad.outcome();
            case SignedTokens.Reading.Good good -> judge(token, good);
        };
    }

    private Outcome judge(Secret token, SignedTokens.Reading.Good good) {
        var claims = good.claims();
        var account = new AccountId(
                text(claims, "namespace"), text(claims, "service-account.name"), text(claims, "service-account.uid"));
        String secretName = text(claims, "secret.name");
        if (account.namespace().isEmpty()
                || account.name().isEmpty()
                || account.uid().isEmpty()
                || secretName.isEmpty()) {
            return Outcome.refused(Reason.MALFORMED, "a service account token with claims missing");
        }
        if (!account.userName().equals(claims.get("sub"))) {
            return Outcome.refused(Reason.MALFORMED, "sub and the account of a service account token disagree");
        }
        return objects.map(now -> lookUp(now, token, account, secretName, good.audiences()))
                .orElseGet(() -> accepted(account, good.audiences(), List.of()));
    }

    private Outcome lookUp(
            AccountObjects now, Secret token, AccountId claimed, String secretName, Audiences audiences) {
        var secret = now.secret(claimed.namespace(), secretName);
        if (secret.isEmpty() || secret.get().isBeingDeleted()) {
            return invalidated("its secret is gone");
        }
        if (!holds(secret.get(), token)) {
            return invalidated("its secret holds another token");
        }
        var account = now.account(claimed.namespace(), claimed.name());
        if (account.isEmpty() || account.get().isBeingDeleted()) {
            return invalidated("its account is gone");
        }
        if (!account.get().uid().equals(claimed.uid())) {
            return invalidated("its account was deleted, and another of its name made");
        }
        use.used(claimed.namespace(), secretName);
        if (!secret.get().labels().getOrDefault(INVALID_SINCE, "").isEmpty()) {
            return invalidated("its secret is labelled " + INVALID_SINCE);
        }
        return accepted(claimed, audiences, isAutomatic(account.get(), secretName) ? List.of(AUTOMATIC) : List.of());
    }

    private static boolean holds(ApiObject secret, Secret token) {
        try {
            byte[] held = Base64.getDecoder()
                    .decode(secret.tree().path("data").path("token").asText(""));
            return MessageDigest.isEqual(held, token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Secrets that an account lists were made for it, not by anybody. */
    private static boolean isAutomatic(ApiObject account, String secret) {
        for (var reference : account.tree().path("secrets")) {
            if (reference.path("name").asText("").equals(secret)) {
                return true;
            }
        }
        return false;
    }

    private static Outcome accepted(AccountId account, Audiences audiences, List<String> warnings) {
        var user = new User(account.userName(), account.uid(), account.groups(), Map.of());
        return new Outcome.Accepted(user, audiences, warnings);
    }

    private static Outcome invalidated(String why) {
        return Outcome.refused(Reason.REVOKED, "service account token has been invalidated: " + why);
    }

    private static String text(Map<String, Object> claims, String name) {
        return BoundClaims.text(claims, CLAIM + name);
    }
}

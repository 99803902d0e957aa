package dev.muster.authn.bootstrap;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Times;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges bootstrap tokens ({@code --enable-bootstrap-token-auth}): {@code id.secret}, described by the Secret
 * {@code kube-system/bootstrap-token-id}. Who presents one is {@code system:bootstrap:id}. Whatever is wrong makes it nobody's
 * token, as in Kubernetes.
 */
public final class BootstrapTokens implements TokenAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(BootstrapTokens.class);
    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final String USER_PREFIX = "system:bootstrap:";

    private final Function<String, Optional<ApiObject>> secrets;
    private final InstantSource clock;

    /** @param secrets finds a Secret of kube-system by name, without waiting */
    public BootstrapTokens(Function<String, Optional<ApiObject>> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        var parts = TOKEN.matcher(token.reveal());
        if (!parts.matches()) {
            return Outcome.NOT_MINE;
        }
        String id = parts.group(1);
        var secret = secrets.apply(BootstrapToken.NAME_PREFIX + id);
        if (secret.isEmpty()) {
            return nobodys(id, "there is no such Secret");
        }
        if (secret.get().isBeingDeleted()) {
            return nobodys(id, "its Secret is being deleted");
        }
        var known = BootstrapToken.of(secret.get());
        if (known.isEmpty()) {
            return nobodys(id, "its Secret is of another type");
        }
        return judge(id, parts.group(2).getBytes(StandardCharsets.US_ASCII), known.get(), secret.get());
    }

    private Outcome judge(String id, byte[] presented, BootstrapToken token, ApiObject secret) {
        var groups = token.groups();
        if (!token.isProvedBy(presented)) {
            return nobodys(id, "another secret");
        }
        if (!token.id().equals(id)) {
            return nobodys(id, "its Secret was made for another id");
        }
        if (token.isExpired(clock.instant())) {
            return nobodys(id, "expired");
        }
        if (!token.isFor(Usage.AUTHENTICATION)) {
            return nobodys(id, "not for authentication");
        }
        return groups.isPresent()
                ? accepted(new User(USER_PREFIX + id, "", groups.get(), Map.of()), secret, token)
                : nobodys(id, "a group that no bootstrap token gives");
    }

    /** A secret that was replaced in place counts as old as the first: whoever takes back the old takes back the new too. */
    private static Outcome accepted(User user, ApiObject secret, BootstrapToken token) {
        var proof = new Proof(made(secret), token.expiration(), List.of());
        return new Outcome.Accepted(user, Audiences.UNSPECIFIED, List.of(), proof);
    }

    private static Optional<Instant> made(ApiObject secret) {
        try {
            return Optional.of(
                    Times.parse(secret.metadata().path("creationTimestamp").asText("")));
        } catch (MalformedBody e) {
            return Optional.empty();
        }
    }

    /** For operators; of the token only the id, which is no secret. */
    private static Outcome nobodys(String id, String why) {
        LOG.debug("bootstrap token {} is refused: {}", id, why);
        return new Outcome.NotMine(
                Trail.of(new Heard("bootstrap tokens", Heard.Answer.NOT_MINE, "token id " + id + ": " + why)));
    }
}

package dev.muster.apiserver.accesstoken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.AccessTokenForm;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.core.identity.User;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes what is kept of a new access token, and the token. */
final class Minting {

    private static final String SYSTEM = "system:";
    private static final String TOKEN_ID = "JTI=";
    private static final long USUAL_SECONDS = Duration.ofDays(30).toSeconds();
    private static final FieldPath SPEC = FieldPath.of("spec");

    private final ResourceType type;
    private final Duration longest;
    private final InstantSource clock;
    private final RandomGenerator random;

    Minting(ResourceType type, Duration longest, InstantSource clock, RandomGenerator random) {
        this.type = type;
        this.longest = longest;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A token that nothing is known of yet.
     *
     * @param token its text
     * @param object what is to be kept
     * @param shortened whether it lasts less than was asked for
     */
    record Minted(String token, ApiObject object, boolean shortened) {}

    /**
     * @param user who asks
     * @throws StatusException 403 for those who get none, 422 for groups they are not in
     */
    Minted mint(User user, ApiObject body) {
        requirePerson(user);
        ObjectNode tree = body.copyTree();
        ObjectNode spec = tree.withObjectProperty("spec");
        long asked = spec.hasNonNull("expirationSeconds")
                ? spec.path("expirationSeconds").asLong()
                : Math.min(USUAL_SECONDS, longest.toSeconds());
        long seconds = Math.min(asked, longest.toSeconds());
        spec.put("expirationSeconds", seconds);
        ObjectNode owner = spec.putObject("user").put("username", user.name());
        if (!user.uid().isEmpty()) {
            owner.put("uid", user.uid());
        }
        ArrayNode given = owner.putArray("groups");
        groups(user, spec.path("groups")).forEach(given::add);
        String token = AccessTokenForm.make(random);
        var end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(Math.max(0, seconds));
        ObjectNode status = tree.putObject("status")
                .put("hash", AccessTokenForm.hash(token))
                .put("expirationTimestamp", end.toString());
        user.extra().getOrDefault(User.CREDENTIAL_ID, List.of()).stream()
                .filter(id -> id.startsWith(TOKEN_ID))
                .forEach(id -> status.withArrayProperty("madeWith").add(id));
        return new Minted(token, ApiObject.of(tree), seconds < asked);
    }

    /** Machines have credentials of their own, which end with what they are bound to. */
    private void requirePerson(User user) {
        String why = "";
        if (user.name().startsWith(SYSTEM)) {
            why = user.name() + " is not a person: access tokens are for people"
                    + " (kubectl create token makes one of a service account)";
        } else if (user.extra().containsKey(User.ACCESS_TOKEN)) {
            why = "an access token cannot make another: log in as yourself";
        }
        if (!why.isEmpty()) {
            throw new StatusException(ForbiddenStatuses.forbidden(type, "", why));
        }
    }

    private List<String> groups(User user, JsonNode asked) {
        var own = user.groups().stream()
                .filter(group -> !group.startsWith(SYSTEM))
                .distinct()
                .toList();
        if (asked.isEmpty()) {
            return own;
        }
        var given = new ArrayList<String>();
        var causes = new ArrayList<Status.Cause>();
        for (int i = 0; i < asked.size(); i++) {
            String group = asked.get(i).asText("");
            if (own.contains(group)) {
                given.add(group);
            } else {
                causes.add(FieldErrors.invalid(
                        SPEC.child("groups").index(i), group, "must be one of your groups, and none of the system's"));
            }
        }
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(type.gvk(), "", causes));
        }
        return given;
    }
}

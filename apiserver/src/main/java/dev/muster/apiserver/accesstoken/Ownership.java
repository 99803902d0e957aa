package dev.muster.apiserver.accesstoken;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.function.Predicate;

/** Whose access tokens a caller may see: their own, and with the verb {@code manage} everybody's. */
final class Ownership {

    private final ResourceType type;
    private final Authorizer authorizer;

    Ownership(ResourceType type, Authorizer authorizer) {
        this.type = type;
        this.authorizer = authorizer;
    }

    /** Does not block: a right that can only be asked for elsewhere is not there. */
    Predicate<ApiObject> visibleTo(User user) {
        var asked = ResourceAttributes.of(user, "manage", "", type.gvk().group(), type.plural(), "", "");
        if (authorizer.authorize(asked) instanceof Decision.Allow) {
            return _ -> true;
        }
        return token -> isOwn(user, token);
    }

    /** A name alone is not enough where both sides say more: names are given again to others. */
    private static boolean isOwn(User user, ApiObject token) {
        var owner = token.tree().path("spec").path("user");
        String uid = owner.path("uid").asText("");
        return owner.path("username").asText("").equals(user.name())
                && (uid.isEmpty() || user.uid().isEmpty() || uid.equals(user.uid()));
    }
}

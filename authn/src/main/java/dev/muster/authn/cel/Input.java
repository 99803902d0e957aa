package dev.muster.authn.cel;

import dev.muster.core.identity.User;
import java.util.Map;

/** What expressions are judged on: the claims of one token, or one user. For one thread at a time. */
public final class Input {

    private final ClaimsView view;

    private Input(ClaimsView view) {
        this.view = view;
    }

    /** @param claims objects are maps, arrays lists, numbers {@code Number}, and null is null */
    public static Input ofClaims(Map<String, Object> claims) {
        return new Input(new ClaimsView(claims, true));
    }

    /** A user, as Kubernetes' UserInfo. */
    public static Input ofUser(User user) {
        return new Input(new ClaimsView(
                Map.of("username", user.name(), "uid", user.uid(), "groups", user.groups(), "extra", user.extra()),
                true));
    }

    ClaimsView view() {
        return view;
    }
}

package dev.muster.api.strategy.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Access tokens: what their maker may say of them. Who made them, the hash and the end are the server's own words. */
public final class AccessTokenStrategy implements Strategy {

    /** As for service accounts: a shorter life is over before it is of use. */
    public static final long SHORTEST_SECONDS = 600;

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int MOST_TEXT = 256;
    private static final int MOST_AUDIENCES = 16;

    /** As many groups as the callers of the largest directories have. */
    private static final int MOST_GROUPS = 2048;

    @Override
    public void setDefaults(ObjectNode object) {}

    @Override
    public void prepareForUpdate(ObjectNode object, ApiObject old) {
        Members.keep(object, old.tree(), "status");
    }

    @Override
    public List<Cause> validate(ApiObject token) {
        var causes = new ArrayList<Cause>();
        JsonNode spec = token.tree().path("spec");
        if (Members.text(spec, "user", "username").isEmpty()) {
            causes.add(FieldErrors.required(SPEC.child("user").child("username"), ""));
        }
        if (tooLong(Members.text(spec, "description"))) {
            causes.add(FieldErrors.tooLong(SPEC.child("description"), MOST_TEXT));
        }
        texts(SPEC.child("audiences"), spec.path("audiences"), MOST_AUDIENCES, causes);
        texts(SPEC.child("groups"), spec.path("groups"), MOST_GROUPS, causes);
        long seconds = spec.path("expirationSeconds").asLong(0);
        if (seconds < SHORTEST_SECONDS) {
            causes.add(FieldErrors.invalid(
                    SPEC.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes"));
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject token, ApiObject old) {
        JsonNode spec = token.tree().path("spec");
        return spec.equals(old.tree().path("spec"))
                ? List.of()
                : List.of(FieldErrors.invalid(SPEC, spec, FieldErrors.IMMUTABLE + ": delete it and make another"));
    }

    private static void texts(FieldPath path, JsonNode all, int most, List<Cause> causes) {
        if (all.size() > most) {
            causes.add(FieldErrors.tooMany(path, all.size(), most));
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            String text = all.get(i).asText("");
            if (text.isEmpty()) {
                causes.add(FieldErrors.required(path.index(i), ""));
            } else if (tooLong(text)) {
                causes.add(FieldErrors.tooLong(path.index(i), MOST_TEXT));
            }
        }
    }

    private static boolean tooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > MOST_TEXT;
    }
}

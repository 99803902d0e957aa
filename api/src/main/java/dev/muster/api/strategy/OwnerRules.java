package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;

/** Rules for metadata.ownerReferences. */
final class OwnerRules {

    private OwnerRules() {}

    static List<Cause> check(FieldPath path, JsonNode owners) {
        var causes = new ArrayList<Cause>();
        String controller = "";
        for (int i = 0; i < owners.size(); i++) {
            JsonNode owner = owners.path(i);
            one(path.index(i), owner, causes);
            if (!owner.path("controller").asBoolean(false)) {
                continue;
            }
            String name =
                    owner.path("kind").asText("") + "/" + owner.path("name").asText("");
            if (controller.isEmpty()) {
                controller = name;
            } else {
                causes.add(FieldErrors.invalid(
                        path,
                        owners,
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + controller + " and " + name));
            }
        }
        return causes;
    }

    private static void one(FieldPath path, JsonNode owner, List<Cause> causes) {
        String apiVersion = owner.path("apiVersion").asText("");
        if (apiVersion.isEmpty()) {
            causes.add(FieldErrors.required(path.child("apiVersion"), "must not be empty"));
        } else if (!isGroupVersion(apiVersion)) {
            causes.add(FieldErrors.invalid(
                    path.child("apiVersion"), apiVersion, "must be <group>/<version> or <version>"));
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (owner.path(field).asText("").isEmpty()) {
                causes.add(FieldErrors.required(path.child(field), "must not be empty"));
            }
        }
        // Events expire by themselves; what hangs on one would vanish with it.
        if (apiVersion.equals("v1") && owner.path("kind").asText("").equals("Event")) {
            causes.add(FieldErrors.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner"));
        }
    }

    private static boolean isGroupVersion(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash == apiVersion.lastIndexOf('/') && slash != apiVersion.length() - 1;
    }
}

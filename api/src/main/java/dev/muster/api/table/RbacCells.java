package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Cells of roles and bindings, and of kinds that have nothing of their own to show. */
final class RbacCells {

    private RbacCells() {}

    /** Name and creation: what every kind has. */
    static List<Object> plain(ApiObject object, Ages ages) {
        String created = Ages.instant(object.metadata().path("creationTimestamp"))
                .map(instant -> instant.truncatedTo(ChronoUnit.SECONDS))
                .map(Instant::toString)
                .orElse("<unknown>");
        return List.of(object.name(), created);
    }

    static List<Object> binding(ApiObject binding, Ages ages) {
        JsonNode role = binding.tree().path("roleRef");
        var users = new ArrayList<String>();
        var groups = new ArrayList<String>();
        var accounts = new ArrayList<String>();
        for (JsonNode subject : binding.tree().path("subjects")) {
            String name = subject.path("name").asText("");
            switch (subject.path("kind").asText("")) {
                case "User" -> users.add(name);
                case "Group" -> groups.add(name);
                case "ServiceAccount" -> accounts.add(subject.path("namespace").asText("") + "/" + name);
                default -> {
                    // Validation lets no other kind in.
                }
            }
        }
        return List.of(
                binding.name(),
                role.path("kind").asText("") + "/" + role.path("name").asText(""),
                CoreCells.age(binding, ages),
                String.join(", ", users),
                String.join(", ", groups),
                String.join(", ", accounts));
    }
}

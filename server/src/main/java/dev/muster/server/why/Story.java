package dev.muster.server.why;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.server.client.Columns;
import dev.muster.server.client.Plain;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A Refusal, for people to read. */
final class Story {

    private final JsonNode refusal;
    private final List<String> lines = new ArrayList<>();

    private Story(JsonNode refusal) {
        this.refusal = refusal;
    }

    static List<String> of(JsonNode refusal, Instant now) {
        var story = new Story(refusal);
        story.tell(now);
        return story.lines;
    }

    private void tell(Instant now) {
        boolean unknown = refusal.path("code").asInt() == 401;
        boolean review = unknown && !text("/user/username").isEmpty();
        long times = refusal.path("times").asLong(1);
        line(
                "Refusal",
                text("/metadata/name") + ", "
                        + (review ? "a review said no" : unknown ? "401 Unauthorized" : "403 Forbidden"));
        line(
                "When",
                ago(text("/lastTime"), now) + (times > 1 ? ", " + times + " times since " + text("/firstTime") : ""));
        line("User", unknown ? "not known" : text("/user/username"));
        if (review) {
            line("Asked by", text("/user/username"));
        } else if (!unknown) {
            line("Groups", groups("/user/groups"));
        }
        impersonation();
        line("Verb", text("/request/verb"));
        if (!text("/request/what").equals(text("/request/path"))) {
            line("Resource", text("/request/what"));
        }
        line("Namespace", text("/request/namespace"));
        line("Path", text("/request/path"));
        line("From", text("/request/from"));
        line("Audit id", auditIds());
        line("Why", text("/why"));
        if (unknown) {
            authenticators();
        } else {
            checks();
            bindings();
        }
    }

    private void impersonation() {
        var other = refusal.path("impersonation");
        if (other.isMissingNode()) {
            return;
        }
        if (other.path("allowed").asBoolean()) {
            line("Called by", text("/impersonation/by/username") + ", who acts as this user");
            line("who is in", groups("/impersonation/by/groups"));
            return;
        }
        line("As", text("/impersonation/as/username") + ", which was refused");
        line("As groups", groups("/impersonation/as/groups"));
        line("As uid", text("/impersonation/uid"));
        line("As extra", groups("/impersonation/extra"));
    }

    private void checks() {
        var rows = new ArrayList<List<String>>();
        for (JsonNode one : refusal.at("/impersonation/checks")) {
            rows.add(List.of(
                    "  " + (one.path("allowed").asBoolean() ? "has" : "lacks"),
                    one.path("what").asText()));
        }
        if (!rows.isEmpty()) {
            lines.add(Plain.text("Permissions of " + text("/impersonation/by/username") + " to act as "
                    + text("/impersonation/as/username") + ", as they were looked for:"));
            lines.addAll(Columns.of(rows));
        }
    }

    private void authenticators() {
        var rows = new ArrayList<List<String>>();
        for (JsonNode one : refusal.path("authenticators")) {
            String answer = switch (one.path("answer").asText()) {
                case "NotMine" -> "not its own";
                case "Refused" -> "refused";
                case "Unavailable" -> "could not say";
                default -> one.path("answer").asText();
            };
            rows.add(List.of(
                    "  " + one.path("authenticator").asText(),
                    answer,
                    one.path("detail").asText("")));
        }
        if (!rows.isEmpty()) {
            lines.add("Asked, in this order, whose credential it is:");
            lines.addAll(Columns.of(rows));
        }
    }

    private void bindings() {
        var rows = new ArrayList<List<String>>();
        for (JsonNode one : refusal.path("bindings")) {
            String namespace = one.path("namespace").asText("");
            rows.add(List.of(
                    "  " + one.path("kind").asText() + "/" + one.path("name").asText()
                            + (namespace.isEmpty() ? "" : " in " + namespace),
                    "grants " + one.path("role").asText(""),
                    "to " + one.path("subject").asText("")));
        }
        lines.add(
                rows.isEmpty()
                        ? "No binding names the user or these groups in that scope."
                        : "Nothing that these bindings grant in that scope allows it:");
        lines.addAll(Columns.of(rows));
        nearest();
    }

    private void nearest() {
        var rows = new ArrayList<List<String>>();
        for (JsonNode one : refusal.path("nearestRules")) {
            rows.add(List.of(
                    "  " + one.path("rule").asText(""),
                    "lacks " + one.path("lacks").asText("")));
        }
        if (!rows.isEmpty()) {
            lines.add("Of the rules they grant, these come closest:");
            lines.addAll(Columns.of(rows));
        }
    }

    /** The first, and the last few if there were more. */
    private String auditIds() {
        var ids = new LinkedHashSet<String>();
        ids.add(text("/request/auditID"));
        refusal.path("auditIDs").forEach(id -> ids.add(id.asText()));
        return String.join(", ", ids);
    }

    private String groups(String pointer) {
        var groups = new ArrayList<String>();
        refusal.at(pointer).forEach(group -> groups.add(group.asText()));
        return String.join(", ", groups);
    }

    private void line(String name, String text) {
        if (!text.isEmpty()) {
            lines.add(Plain.text("%-10s %s".formatted(name + ":", text)));
        }
    }

    private String text(String pointer) {
        return refusal.at(pointer).asText("");
    }

    /** {@code 2026-01-02T03:04:05Z (2 minutes ago)}. */
    static String ago(String time, Instant now) {
        try {
            long seconds =
                    Math.max(0, Duration.between(Instant.parse(time), now).toSeconds());
            String ago = seconds < 120
                    ? seconds + " seconds"
                    : seconds < 7200 ? seconds / 60 + " minutes" : seconds / 3600 + " hours";
            return time + " (" + ago + " ago)";
        } catch (DateTimeException e) {
            return time;
        }
    }
}

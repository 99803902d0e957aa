package dev.muster.server.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.table.HumanDuration;
import dev.muster.server.client.Columns;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Client certificates, a line each. */
final class Rows {

    private static final int SHORT = 12;
    private static final int WIDEST = 48;
    private static final String NONE = "-";

    private Rows() {}

    static List<String> of(List<JsonNode> certificates, boolean wide, Instant now) {
        var rows = new ArrayList<List<String>>();
        var head =
                new ArrayList<>(List.of("USER", "GROUPS", "SERIAL", "KEY", "UNTIL", "LAST USED", "ADDRESSES", "STATE"));
        if (wide) {
            head.addAll(List.of("NAME", "ISSUER", "FIRST USED", "FROM"));
        }
        rows.add(head);
        for (JsonNode one : certificates) {
            rows.add(row(one, wide, now));
        }
        return Columns.of(rows);
    }

    private static List<String> row(JsonNode one, boolean wide, Instant now) {
        String key = one.path("publicKeyHash").asText("");
        var row = new ArrayList<>(List.of(
                cut(one.at("/user/username").asText(""), wide),
                cut(joined(one.at("/user/groups"), ""), wide),
                one.path("serialNumber").asText(""),
                wide ? key : key.substring(0, Math.min(SHORT, key.length())),
                one.path("notAfter").asText(""),
                ago(one.path("lastUsed").asText(""), now),
                one.path("addressCount").asText("0"),
                state(one)));
        if (wide) {
            row.add(one.path("metadata").path("name").asText(""));
            row.add(one.path("issuer").asText(NONE));
            row.add(ago(one.path("firstUsed").asText(""), now));
            row.add(joined(one.path("addresses"), "address"));
        }
        return row;
    }

    /** In words: what an operator should look at comes first. */
    private static String state(JsonNode one) {
        var words = new ArrayList<String>();
        if (one.hasNonNull("revokedBy")) {
            words.add("revoked by " + one.path("revokedBy").asText());
        } else if (one.path("state").asText().equals("Expired")) {
            words.add("expired");
        }
        if (one.hasNonNull("sharedAtOnce")) {
            words.add(
                    "SHARED, two places at once at " + one.path("sharedAtOnce").asText());
        } else if (one.path("shared").asBoolean()) {
            words.add("shared");
        }
        return words.isEmpty() ? "good" : String.join(", ", words);
    }

    private static String joined(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add((field.isEmpty() ? one : one.path(field)).asText("")));
        return texts.isEmpty() ? NONE : String.join(",", texts);
    }

    private static String cut(String text, boolean wide) {
        return wide || text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private static String ago(String time, Instant now) {
        if (time.isEmpty()) {
            return "never";
        }
        try {
            var since = Duration.between(Instant.parse(time), now);
            return HumanDuration.of(since.isNegative() ? Duration.ZERO : since) + " ago";
        } catch (DateTimeException e) {
            return time;
        }
    }
}

package dev.muster.authn.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.core.certificate.Issue;
import dev.muster.core.identity.User;
import dev.muster.http.limit.AddressKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;

/** Entries as they are stored: JSON, times in seconds since 1970. */
final class EntryJson {

    private static final int HEX = 16;

    private EntryJson() {}

    static ObjectNode write(Entry entry) {
        var issue = entry.issue();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", entry.id()).put("user", issue.user().name());
        if (!issue.user().uid().isEmpty()) {
            json.put("uid", issue.user().uid());
        }
        issue.user().groups().forEach(json.putArray("groups")::add);
        json.put("issuer", issue.issuer())
                .put("serial", issue.serial().toString(HEX))
                .put("issuerKey", issue.keys().issuer())
                .put("key", issue.keys().own())
                .put("from", issue.from().getEpochSecond())
                .put("until", issue.until().getEpochSecond())
                .put("first", entry.first())
                .put("last", entry.last());
        return entry.read(places -> {
            json.put("together", places.together());
            var all = json.putArray("places");
            places.stays()
                    .forEach((address, stay) ->
                            all.addArray().add(address.text()).add(stay.first()).add(stay.last()));
            places.sketch()
                    .ifPresent(sketch -> json.put("sketch", Base64.getEncoder().encodeToString(sketch.bytes())));
            return json;
        });
    }

    /** @throws RuntimeException if that is no entry */
    static Entry read(JsonNode json) {
        var groups = new ArrayList<String>();
        json.path("groups").forEach(group -> groups.add(group.asText()));
        var entry = new Entry(
                id(json),
                new Issue(
                        new User(needed(json, "user"), json.path("uid").asText(""), groups, Map.of()),
                        needed(json, "issuer"),
                        new BigInteger(needed(json, "serial"), HEX),
                        new Issue.Keys(json.path("issuerKey").asText(""), needed(json, "key")),
                        Instant.ofEpochSecond(json.path("from").asLong()),
                        Instant.ofEpochSecond(json.path("until").asLong())));
        long last = json.path("last").asLong();
        if (last > 0) {
            entry.use(json.path("first").asLong(), last);
        }
        return entry.read(places -> {
            for (JsonNode place : json.path("places")) {
                places.add(
                        AddressKey.parse(place.path(0).asText()),
                        new Places.Stay(place.path(1).asLong(), place.path(2).asLong()));
            }
            if (json.has("sketch")) {
                places.sketch(
                        Sketch.of(Base64.getDecoder().decode(json.path("sketch").asText())));
            }
            places.together(json.path("together").asLong());
            return entry;
        });
    }

    private static String id(JsonNode json) {
        String id = needed(json, "id");
        if (!id.matches("[0-9a-f]{20}")) {
            throw new IllegalArgumentException("no id: " + id);
        }
        return id;
    }

    private static String needed(JsonNode json, String field) {
        String text = json.path(field).asText("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no " + field);
        }
        return text;
    }
}

package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.strategy.Members;
import java.util.List;

/** What a volume says when its writer says nothing. */
final class VolumeDefaults {

    private static final List<String> WITH_MODE = List.of("secret", "configMap", "downwardAPI", "projected");
    private static final int READABLE = 0644;
    private static final int HOUR = 3600;

    private VolumeDefaults() {}

    static void apply(ObjectNode volume) {
        if (sources(volume) == 0) {
            volume.putObject("emptyDir");
        }
        for (String kind : WITH_MODE) {
            if (volume.get(kind) instanceof ObjectNode source) {
                Members.defaultNumber(source, "defaultMode", READABLE);
            }
        }
        if (volume.get("hostPath") instanceof ObjectNode path && !path.hasNonNull("type")) {
            path.put("type", "");
        }
        fieldRefs(volume.path("downwardAPI"));
        for (JsonNode source : volume.path("projected").path("sources")) {
            fieldRefs(source.path("downwardAPI"));
            if (source.get("serviceAccountToken") instanceof ObjectNode token) {
                Members.defaultNumber(token, "expirationSeconds", HOUR);
            }
        }
    }

    /** How many kinds of volume this one is; it should be one. */
    static int sources(JsonNode volume) {
        int sources = 0;
        for (var member : volume.properties()) {
            if (!member.getKey().equals("name") && !member.getValue().isNull()) {
                sources++;
            }
        }
        return sources;
    }

    private static void fieldRefs(JsonNode downward) {
        for (JsonNode item : downward.path("items")) {
            if (item.get("fieldRef") instanceof ObjectNode field) {
                Members.defaultText(field, "apiVersion", "v1");
            }
        }
    }
}

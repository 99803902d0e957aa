package dev.muster.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.recording.Recording.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** All recordings there are. */
public final class Recordings {

    /** Of which versions; the oldest first. */
    public static final List<String> VERSIONS = List.of("1.27", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33");

    private Recordings() {}

    public static List<Recording> all() {
        return VERSIONS.stream().map(Recordings::of).toList();
    }

    /** Of one version, such as {@code 1.33}. */
    public static Recording of(String version) {
        var name = "/recordings/kubectl-" + version + ".json";
        try (InputStream in = Recordings.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no recording " + name);
            }
            var calls = new ArrayList<Call>();
            for (JsonNode call : new ObjectMapper().readTree(in).get("calls")) {
                calls.add(call(call));
            }
            return new Recording(version, calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call call(JsonNode node) {
        return new Call(
                node.get("command").textValue(),
                node.get("method").textValue(),
                node.get("target").textValue(),
                node.path("accept").asText(""),
                node.path("contentType").asText(""),
                Base64.getDecoder().decode(node.path("body").asText("")));
    }
}

package dev.muster.server.datadir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the process of a data directory was last started, for commands that look at the same things.
 *
 * @param server the URL
 * @param clientCa the user's own CA bundle
 * @param tokenFile the token file
 */
public record Running(String server, Optional<Path> clientCa, Optional<Path> tokenFile) {

    /** Notes it down. */
    public void write(DataDir dir) throws IOException {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("server", server);
        clientCa.ifPresent(
                file -> node.put("client-ca-file", file.toAbsolutePath().toString()));
        tokenFile.ifPresent(
                file -> node.put("token-auth-file", file.toAbsolutePath().toString()));
        PrivateFile.write(dir.running(), Json.write(node));
    }

    /** What was noted; empty when nothing was, or it cannot be read. */
    public static Optional<Running> read(DataDir dir) {
        if (!Files.exists(dir.running())) {
            return Optional.empty();
        }
        try {
            JsonNode node = Json.parseObject(Files.readAllBytes(dir.running())).value();
            return Optional.of(new Running(
                    node.path("server").asText(""), file(node, "client-ca-file"), file(node, "token-auth-file")));
        } catch (IOException | MalformedBody e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> file(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}

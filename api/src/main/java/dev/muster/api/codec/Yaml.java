package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML in and out, as Kubernetes reads it: one document, JSON types only, no tags, bounded aliases. */
public final class Yaml {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("body")
            .setUseMarks(true)
            .setParseComments(false)
            .build();

    private Yaml() {}

    /**
     * Reads one document that is a mapping.
     *
     * @throws MalformedBody when it is not
     */
    public static Parsed<ObjectNode> parseObject(byte[] body) {
        var problems = new Problems();
        if (read(body, problems) instanceof ObjectNode object) {
            return new Parsed<>(object, problems.list());
        }
        throw new MalformedBody("error converting YAML to JSON: yaml: not a mapping");
    }

    private static JsonNode read(byte[] body, Problems problems) {
        var text = JsonStrings.utf8(body, 0, body.length);
        try {
            var events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            return new YamlReader(events, problems).read();
        } catch (MalformedBody e) {
            throw new MalformedBody("error converting YAML to JSON: " + e.getMessage());
        } catch (YamlEngineException | NumberFormatException | IndexOutOfBoundsException e) {
            // The last two: the library's scanner lets them out for some spoiled escapes and tags.
            throw new MalformedBody("error converting YAML to JSON: yaml: " + why(e));
        }
    }

    /** Where and what, without the lines of the body that the library quotes. */
    private static String why(RuntimeException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            var line = marked.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ");
            return line.orElse("") + marked.getProblem();
        }
        return "cannot be read";
    }

    /** Block style, keys in the order of the tree. */
    public static byte[] write(JsonNode node) {
        return YamlWriter.write(node).getBytes(StandardCharsets.UTF_8);
    }
}

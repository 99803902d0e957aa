package dev.muster.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/**
 * JSON in and out (RFC 8259): UTF-8 only, at most 256 levels deep and 500,000 values; of a duplicate key the last value counts,
 * and it is reported. Integers of 64 bits stay what they are, other numbers are doubles.
 */
public final class Json {

    private static final ObjectWriter COMPACT = new ObjectMapper().writer();

    private static final ObjectWriter PRETTY = COMPACT.with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /**
     * Reads one JSON object.
     *
     * @throws MalformedBody when it is not one, or too deep, or followed by something; in the words of kube-apiserver
     */
    public static Parsed<ObjectNode> parseObject(byte[] body) {
        Parsed<JsonNode> parsed;
        try {
            parsed = parse(body);
        } catch (MalformedBody e) {
            throw new MalformedBody("couldn't get version/kind; json parse error: " + e.getMessage());
        }
        if (parsed.value() instanceof ObjectNode object) {
            return new Parsed<>(object, parsed.problems());
        }
        throw new MalformedBody("couldn't get version/kind; json parse error: json: cannot unmarshal "
                + FieldCheck.jsonType(parsed.value()) + " into Go value of type struct");
    }

    /**
     * Reads any JSON value: a JSON patch is an array.
     *
     * @throws MalformedBody in the words of Go's JSON scanner
     */
    public static Parsed<JsonNode> parse(byte[] body) {
        var problems = new Problems();
        var value = new JsonReader(body, problems).read();
        return new Parsed<>(value, problems.list());
    }

    public static byte[] write(JsonNode node) {
        return write(COMPACT, node);
    }

    /** Indented by two spaces, as Kubernetes prints for curl and browsers. */
    public static byte[] writePretty(JsonNode node) {
        return write(PRETTY, node);
    }

    private static byte[] write(ObjectWriter writer, JsonNode node) {
        try {
            return writer.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

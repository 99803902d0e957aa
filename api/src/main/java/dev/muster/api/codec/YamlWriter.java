package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/** Block style YAML. Text that any reader could take for something else is quoted, with JSON's escapes. */
final class YamlWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    static String write(JsonNode node) {
        var writer = new YamlWriter();
        if (node.isContainerNode() && !node.isEmpty()) {
            writer.block(node, 0);
        } else {
            writer.scalar(node);
        }
        return writer.out.toString();
    }

    /** A mapping or sequence that is not empty; the cursor is where its first line begins. */
    private void block(JsonNode node, int indent) {
        if (node.isArray()) {
            for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) {
                out.append("- ");
                var item = items.next();
                if (item.isContainerNode() && !item.isEmpty()) {
                    block(item, indent + 2);
                } else {
                    scalar(item);
                }
                indent(items.hasNext() ? indent : 0);
            }
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator(); fields.hasNext(); ) {
            var field = fields.next();
            text(field.getKey());
            out.append(':');
            if (field.getValue().isContainerNode() && !field.getValue().isEmpty()) {
                int inner = field.getValue().isArray() ? indent : indent + 2;
                out.append('\n');
                indent(inner);
                block(field.getValue(), inner);
            } else {
                out.append(' ');
                scalar(field.getValue());
            }
            indent(fields.hasNext() ? indent : 0);
        }
    }

    private void indent(int spaces) {
        out.append(" ".repeat(spaces));
    }

    /** Ends the line. */
    private void scalar(JsonNode node) {
        if (node.isTextual()) {
            text(node.textValue());
        } else {
            out.append(node);
        }
        out.append('\n');
    }

    private void text(String text) {
        if (PLAIN.matcher(text).matches() && YamlScalars.resolve(text).isTextual()) {
            out.append(text);
        } else {
            var quoted = new String(Json.write(TextNode.valueOf(text)), StandardCharsets.UTF_8);
            out.append(quoted.replace("\u0085", "\\u0085")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029")
                    .replace("\uFEFF", "\\uFEFF")
                    .replace("\u007f", "\\u007f"));
        }
    }
}

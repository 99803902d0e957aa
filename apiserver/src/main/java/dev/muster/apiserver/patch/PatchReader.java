package dev.muster.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Parsed;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.patch.Patches;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.write.BodyDecoder;
import dev.muster.apiserver.write.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Reads a patch. */
public final class PatchReader {

    private final BodyDecoder decoder;

    public PatchReader(BodyDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * What the patch does to an object of this type. The result may be asked again with another object.
     *
     * @throws StatusException 400 for a body that is no patch
     */
    public UnaryOperator<ApiObject> read(
            ApiCall call, ResourceType type, PatchForm form, byte[] body, WriteOptions options) {
        Parsed<? extends JsonNode> patch;
        try {
            patch = form == PatchForm.JSON ? Json.parse(body) : Json.parseObject(body);
        } catch (MalformedBody e) {
            throw new StatusException(Statuses.badRequest("error decoding patch: " + e.getMessage()));
        }
        if (form == PatchForm.JSON && !(patch.value() instanceof ArrayNode)) {
            throw new StatusException(
                    Statuses.badRequest("error decoding patch: a JSON patch is an array of operations"));
        }
        String quoted = new String(body, StandardCharsets.UTF_8);
        var result = new PatchResult(call, type, quoted, options, decoder);
        String prefix = form == PatchForm.JSON ? "json patch " : "";
        var problems = patch.problems().stream().map(p -> prefix + p).toList();
        return current -> result.check(apply(current.tree(), patch.value(), type, form), problems);
    }

    private JsonNode apply(ObjectNode current, JsonNode patch, ResourceType type, PatchForm form) {
        return switch (form) {
            case JSON -> Patches.json(current, (ArrayNode) patch);
            case MERGE -> Patches.merge(current, patch);
            case STRATEGIC -> Patches.strategic(current, (ObjectNode) patch, type.schema(), decoder.kinds());
        };
    }
}

package dev.muster.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.write.BodyDecoder;
import dev.muster.apiserver.write.FieldWarnings;
import dev.muster.apiserver.write.Names;
import dev.muster.apiserver.write.WriteOptions;
import java.util.ArrayList;
import java.util.List;

/** Holds what a patch made of an object to what is asked of a body. */
final class PatchResult {

    /** How much of the patch an error repeats. */
    private static final int QUOTED = 1024;

    private final ApiCall call;
    private final ResourceType type;
    private final String patch;
    private final WriteOptions options;
    private final BodyDecoder decoder;
    private boolean warned;

    PatchResult(ApiCall call, ResourceType type, String patch, WriteOptions options, BodyDecoder decoder) {
        this.call = call;
        this.type = type;
        this.patch = patch.length() > QUOTED ? patch.substring(0, QUOTED) + " ..." : patch;
        this.options = options;
        this.decoder = decoder;
    }

    ApiObject check(JsonNode patched, List<String> problems) {
        if (!(patched instanceof ObjectNode shared)) {
            throw refused("the patch leaves no object");
        }
        ObjectNode tree = shared.deepCopy();
        requireSameType(tree);
        Names.require(call, ApiObject.of(tree));
        var all = new ArrayList<>(problems);
        try {
            all.addAll(decoder.fields().prune(tree, type.schema()));
        } catch (MalformedBody e) {
            throw refused(e.getMessage());
        }
        if (!all.isEmpty()) {
            settle(all);
        }
        return ApiObject.of(tree);
    }

    private void settle(List<String> problems) {
        switch (options.validation()) {
            case Strict -> throw refused("strict decoding error: " + String.join(", ", problems));
            case Warn -> {
                if (!warned) {
                    warned = true;
                    FieldWarnings.give(call, problems);
                }
            }
            case Ignore -> {}
        }
    }

    private void requireSameType(ObjectNode tree) {
        String apiVersion = tree.path("apiVersion").asText("");
        String kind = tree.path("kind").asText("");
        if (!apiVersion.equals(type.gvk().apiVersion())) {
            throw new StatusException(Statuses.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version ("
                    + type.gvk().apiVersion() + ")"));
        }
        if (!kind.equals(type.gvk().kind())) {
            throw new StatusException(Statuses.badRequest("the kind in the data (" + kind
                    + ") does not match the expected kind (" + type.gvk().kind() + ")"));
        }
    }

    private StatusException refused(String why) {
        var cause = FieldErrors.invalid(FieldPath.of("patch"), patch, why);
        return new StatusException(Statuses.invalid(new Gvk("", "", ""), "", List.of(cause)));
    }
}

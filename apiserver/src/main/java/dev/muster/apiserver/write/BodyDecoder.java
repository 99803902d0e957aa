package dev.muster.apiserver.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.FieldCheck;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Parsed;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.codec.Yaml;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.Legacy;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.request.ApiCall;
import java.util.ArrayList;
import java.util.List;

/** Makes an object of a body, or says in Kubernetes' words why it is none. Burns CPU for large bodies. */
public final class BodyDecoder {

    private final Kinds kinds;
    private final FieldCheck fields;
    private final Protobuf protobuf;

    public BodyDecoder(Kinds kinds) {
        this.kinds = kinds;
        this.fields = new FieldCheck(kinds);
        this.protobuf = new Protobuf(kinds);
    }

    public Kinds kinds() {
        return kinds;
    }

    public FieldCheck fields() {
        return fields;
    }

    /** Reads the form alone. */
    Parsed<ObjectNode> parse(MediaType form, byte[] body) {
        return switch (form) {
            case JSON -> Json.parseObject(body);
            case YAML -> Yaml.parseObject(body);
            case PROTOBUF -> protobuf.parseObject(body);
        };
    }

    /**
     * An object of this type: kind and apiVersion filled in where they are missing, unknown fields pruned.
     *
     * @throws StatusException 400
     */
    ApiObject decode(ApiCall call, ResourceType type, MediaType form, byte[] body, WriteOptions options) {
        Parsed<ObjectNode> parsed;
        try {
            parsed = parse(form, body);
        } catch (MalformedBody e) {
            throw new StatusException(Statuses.badRequest("the object provided is unrecognized (must be of type "
                    + type.gvk().kind() + "): " + e.getMessage()));
        }
        ObjectNode tree = parsed.value();
        requireType(tree, type);
        var problems = new ArrayList<>(parsed.problems());
        try {
            problems.addAll(fields.prune(tree, type.schema()));
        } catch (MalformedBody e) {
            throw cannotBeHandled(type.gvk(), type, e.getMessage());
        }
        settle(call, problems, options, type);
        return ApiObject.of(tree);
    }

    /** Holds what the body says it is against what the URL says. */
    private void requireType(ObjectNode tree, ResourceType type) {
        String kind = text(tree, "kind", type.gvk().kind(), type);
        String apiVersion = text(tree, "apiVersion", type.gvk().apiVersion(), type);
        var said = Gvk.of(apiVersion, kind);
        if (!said.equals(type.gvk())) {
            if (kinds.byKind(said).isEmpty()) {
                throw cannotBeHandled(
                        said,
                        type,
                        "no kind " + GoText.quote(kind) + " is registered for version " + GoText.quote(apiVersion)
                                + Legacy.hint(apiVersion, kind)
                                        .map(hint -> " (" + hint + ")")
                                        .orElse(""));
            }
            if (!apiVersion.equals(type.gvk().apiVersion())) {
                throw new StatusException(Statuses.badRequest(wrongVersion(apiVersion, type)));
            }
            throw cannotBeHandled(said, type, "the body is another kind of object than the URL");
        }
        tree.put("kind", kind).put("apiVersion", apiVersion);
    }

    static String wrongVersion(String apiVersion, ResourceType type) {
        return "the API version in the data (" + apiVersion + ") does not match the expected API version ("
                + type.gvk().apiVersion() + ")";
    }

    private static String text(ObjectNode tree, String field, String otherwise, ResourceType type) {
        var value = tree.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isEmpty()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw new StatusException(Statuses.badRequest("the object provided is unrecognized (must be of type "
                    + type.gvk().kind() + "): couldn't get version/kind; json parse error: " + field
                    + " is not a string"));
        }
        return value.asText();
    }

    private static void settle(ApiCall call, List<String> problems, WriteOptions options, ResourceType type) {
        if (problems.isEmpty()) {
            return;
        }
        switch (options.validation()) {
            case Strict ->
                throw cannotBeHandled(type.gvk(), type, "strict decoding error: " + String.join(", ", problems));
            case Warn -> FieldWarnings.give(call, problems);
            case Ignore -> {}
        }
    }

    private static StatusException cannotBeHandled(Gvk said, ResourceType type, String why) {
        return new StatusException(Statuses.badRequest(said.kind() + " in version " + GoText.quote(said.version())
                + " cannot be handled as a " + type.gvk().kind() + ": " + why));
    }
}

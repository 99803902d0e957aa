package dev.muster.apiserver.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.table.Tables;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.negotiate.Representation;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.http.serve.Exchange;
import java.util.List;
import java.util.Optional;

/** Answers with one object in the shape that was negotiated. */
public final class ObjectForms {

    private final Responder responder;
    private final Tables tables;

    public ObjectForms(Responder responder, Tables tables) {
        this.responder = responder;
        this.tables = tables;
    }

    public Tables tables() {
        return tables;
    }

    /** @throws StatusException 400 or 406 for a shape that one object does not have */
    public void one(Exchange exchange, int code, ResourceType type, ApiObject object, Accepted accepted) {
        switch (accepted.representation()) {
            case Representation.Whole _ -> responder.object(exchange, code, object, accepted);
            case Representation.Table table -> {
                var tree = tables.table(type, List.of(object), Includes.of(exchange), table.version(), true);
                tree.withObjectProperty("metadata").put("resourceVersion", object.resourceVersion());
                responder.tree(exchange, code, tree, accepted);
            }
            case Representation.Metadata metadata -> {
                if (metadata.list()) {
                    throw notAcceptable(
                            "you requested PartialObjectMetadataList, but the requested object is not a list");
                }
                responder.tree(exchange, code, partial(object, metadata.version()), accepted);
            }
            case Representation.Other _ -> throw notAcceptable("no such form of an object");
        }
    }

    /** The object's metadata alone. */
    public static ObjectNode partial(ApiObject object, String version) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/" + version);
        tree.set("metadata", object.metadata());
        return tree;
    }

    /** 406 with Kubernetes' reason. */
    public static StatusException notAcceptable(String message) {
        return new StatusException(new Status(406, "NotAcceptable", message, Optional.empty()));
    }
}

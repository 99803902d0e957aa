package dev.muster.apiserver.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.negotiate.Representation;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.table.Includes;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.core.store.Revision;
import dev.muster.http.serve.Response;
import java.util.List;
import java.util.OptionalLong;

/** Answers with a list in the shape that was negotiated. */
public final class ListAnswer {

    private final Responder responder;
    private final ObjectForms forms;

    public ListAnswer(Responder responder, ObjectForms forms) {
        this.responder = responder;
        this.forms = forms;
    }

    /** @throws dev.muster.api.meta.StatusException 400 or 406 for a shape that a list does not have */
    public void write(ApiCall call, ResourceType type, List<ApiObject> items, Revision revision, Accepted accepted) {
        write(call, type, new Selection(items, revision, "", OptionalLong.empty()), accepted);
    }

    void write(ApiCall call, ResourceType type, Selection selection, Accepted accepted) {
        var exchange = call.exchange();
        switch (accepted.representation()) {
            case Representation.Whole _ -> {
                var document = new ListDocument(type);
                if (accepted.type() == MediaType.JSON && !accepted.pretty()) {
                    exchange.respond(new Response(200, MediaType.JSON.headers(), document.json(selection)));
                } else {
                    responder.tree(exchange, 200, document.tree(selection), accepted);
                }
            }
            case Representation.Table table -> {
                var tree = forms.tables().table(type, selection.items(), Includes.of(exchange), table.version(), true);
                selection.describe(tree.withObjectProperty("metadata"));
                responder.tree(exchange, 200, tree, accepted);
            }
            case Representation.Metadata metadata -> {
                if (!metadata.list()) {
                    throw ObjectForms.notAcceptable(
                            "you requested PartialObjectMetadata, but the requested object is a list");
                }
                responder.tree(exchange, 200, partial(selection, metadata.version()), accepted);
            }
            case Representation.Other _ -> throw ObjectForms.notAcceptable("no such form of a list");
        }
    }

    private static ObjectNode partial(Selection selection, String version) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/" + version);
        selection.describe(tree.putObject("metadata"));
        var items = tree.putArray("items");
        selection.items().forEach(item -> items.add(ObjectForms.partial(item, version)));
        return tree;
    }
}

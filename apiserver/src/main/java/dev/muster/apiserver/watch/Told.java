package dev.muster.apiserver.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.read.ListOptions;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Revision;
import java.util.Optional;

/** What a change is to someone who sees only what a selector matches. */
final class Told {

    private Told() {}

    /** Empty when it is nothing to them. */
    static Optional<EventType> type(Change<ApiObject> change, ListOptions options) {
        boolean is = matches(change.now(), options);
        boolean was = matches(change.before(), options);
        if (is) {
            return Optional.of(was ? EventType.MODIFIED : EventType.ADDED);
        }
        return was ? Optional.of(EventType.DELETED) : Optional.empty();
    }

    private static boolean matches(Optional<Cached<ApiObject>> state, ListOptions options) {
        return state.isPresent()
                && (options.isWide() || options.matches(state.get().value()));
    }

    /** The object to show: as it is, or for what has gone as it was, with the version of its going. */
    static ApiObject object(EventType type, Change<ApiObject> change) {
        return type == EventType.DELETED
                ? at(change.before().orElseThrow().value(), change.revision())
                : change.now().orElseThrow().value();
    }

    private static ApiObject at(ApiObject object, Revision revision) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.setAll(object.tree());
        ObjectNode metadata = tree.putObject("metadata");
        object.metadata().properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
        metadata.put("resourceVersion", revision.toString());
        return ApiObject.of(tree);
    }
}

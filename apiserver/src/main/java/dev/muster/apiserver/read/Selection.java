package dev.muster.apiserver.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Revision;
import java.util.List;
import java.util.OptionalLong;

/**
 * The objects of one list answer.
 *
 * @param continueToken empty when this is the end
 * @param remaining how many more there are, when that is known
 */
record Selection(List<ApiObject> items, Revision revision, String continueToken, OptionalLong remaining) {

    /** Writes the list's metadata. */
    void describe(ObjectNode metadata) {
        metadata.put("resourceVersion", revision.toString());
        if (!continueToken.isEmpty()) {
            metadata.put("continue", continueToken);
        }
        remaining.ifPresent(count -> metadata.put("remainingItemCount", count));
    }
}

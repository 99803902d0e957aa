package dev.muster.apiserver.stored;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.stored.StoredObjects.View;
import java.util.function.UnaryOperator;

/** A sub-resource that is a part of its object and can be read, replaced and patched. */
final class StoredSubresource extends StoredReads implements Updater, Patcher {

    private final View view;

    StoredSubresource(StoredObjects objects, View view) {
        super(objects);
        this.view = view;
    }

    @Override
    public String subresource() {
        return view.name();
    }

    @Override
    public ApiObject update(ApiCall call, ApiObject body, boolean dryRun) {
        return objects.revise(writer(call), "update", view, _ -> body, dryRun);
    }

    @Override
    public ApiObject patch(ApiCall call, UnaryOperator<ApiObject> change, boolean dryRun) {
        return objects.revise(writer(call), "patch", view, change, dryRun);
    }
}

package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.stored.StoredObjects.View;

/** {@code namespaces/finalize}: lets go of a namespace; PUT alone. */
final class NamespaceFinalize implements Updater {

    private final StoredObjects objects;

    NamespaceFinalize(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    public ResourceType type() {
        return objects.type();
    }

    @Override
    public String subresource() {
        return View.FINALIZE.name();
    }

    @Override
    public ApiObject update(ApiCall call, ApiObject body, boolean dryRun) {
        var writer =
                new Writer(call.user(), call.caller(), true, "", call.info().name());
        return objects.revise(writer, "update", View.FINALIZE, _ -> body, dryRun);
    }
}

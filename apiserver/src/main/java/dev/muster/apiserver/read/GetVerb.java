package dev.muster.apiserver.read;

import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.core.store.Revision;
import dev.muster.http.serve.Lane;

/** GET of one object: from memory, on the event loop, unless the caller wants a version that is not here yet. */
public final class GetVerb implements Verb<Getter> {

    private final Work work;
    private final ObjectForms forms;

    public GetVerb(Work work, ObjectForms forms) {
        this.work = work;
        this.forms = forms;
    }

    @Override
    public void handle(ApiCall call, Getter resource) {
        var exchange = call.exchange();
        Accepted accepted = Accept.negotiate(exchange, work.responder().offers());
        if (!exchange.rawQuery().isEmpty()) {
            Revision atLeast = Versions.required(exchange.query().text("resourceVersion"));
            if (!Versions.isReached(resource, atLeast)) {
                work.on(Lane.BLOCKING, call, () -> {
                    Versions.await(resource, atLeast);
                    answer(call, resource, accepted);
                });
                return;
            }
        }
        answer(call, resource, accepted);
    }

    private void answer(ApiCall call, Getter resource, Accepted accepted) {
        var object = resource.get(call)
                .orElseThrow(() -> new StatusException(
                        Statuses.notFound(resource.type(), call.info().name())));
        forms.one(call.exchange(), 200, resource.type(), object, accepted);
    }
}

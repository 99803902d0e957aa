package dev.muster.apiserver.write;

import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.negotiate.ContentType;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.DeleteOptions.Propagation;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;
import java.util.Optional;
import java.util.Set;

/** DELETE of one object. */
public final class DeleteVerb implements Verb<Deleter> {

    /** Whoever deletes one of these is shown what it was; of others, that it is gone. */
    private static final Set<String> SHOWN = Set.of("namespaces", "pods", "serviceaccounts");

    static final String NO_COLLECTOR =
            "propagationPolicy Foreground: dependents are not deleted, no garbage collector runs";

    private final Work work;
    private final BodyDecoder decoder;
    private final ObjectForms forms;

    public DeleteVerb(Work work, BodyDecoder decoder, ObjectForms forms) {
        this.work = work;
        this.decoder = decoder;
        this.forms = forms;
    }

    @Override
    public void handle(ApiCall call, Deleter resource) {
        var exchange = call.exchange();
        var accepted = Accept.negotiate(exchange, work.responder().offers());
        work.withBody(
                call,
                body -> work.decodeThenBlock(
                        call,
                        body,
                        () -> DeleteRequest.read(
                                decoder, ContentType.ofBody(exchange.headers()), body, exchange.query()),
                        request -> delete(call, resource, request, accepted)));
    }

    private void delete(ApiCall call, Deleter resource, DeleteRequest request, Accepted accepted) {
        var type = resource.type();
        warn(call, request);
        var deletion = resource.delete(call, request.options());
        var object = deletion.object();
        if (!deletion.gone()) {
            int code = request.orphanDependents().equals(Optional.of(false)) ? 202 : 200;
            forms.one(call.exchange(), code, type, object, accepted);
        } else if (SHOWN.contains(type.qualifiedName())) {
            forms.one(call.exchange(), 200, type, object, accepted);
        } else {
            var status = Statuses.deleted(type, object.name(), object.uid());
            work.responder().tree(call.exchange(), 200, status, accepted);
        }
    }

    static void warn(ApiCall call, DeleteRequest request) {
        if (request.options().propagation().equals(Optional.of(Propagation.Foreground))) {
            call.warn(NO_COLLECTOR);
        }
    }
}

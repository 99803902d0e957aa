package dev.muster.apiserver.write;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.negotiate.ContentType;
import dev.muster.apiserver.read.ListAnswer;
import dev.muster.apiserver.read.ListOptions;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Revisioned;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.core.store.Revision;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** DELETE of a collection. */
public final class DeleteCollectionVerb implements Verb<CollectionDeleter> {

    private final Work work;
    private final BodyDecoder decoder;
    private final ListAnswer answer;

    public DeleteCollectionVerb(Work work, BodyDecoder decoder, ListAnswer answer) {
        this.work = work;
        this.decoder = decoder;
        this.answer = answer;
    }

    @Override
    public void handle(ApiCall call, CollectionDeleter resource) {
        var exchange = call.exchange();
        var accepted = Accept.negotiate(exchange, work.responder().offers());
        var which = ListOptions.parse(call, resource.type(), false);
        work.withBody(
                call,
                body -> work.decodeThenBlock(
                        call,
                        body,
                        () -> DeleteRequest.read(
                                decoder, ContentType.ofBody(exchange.headers()), body, exchange.query()),
                        request -> delete(call, resource, which, request, accepted)));
    }

    private void delete(
            ApiCall call, CollectionDeleter resource, ListOptions which, DeleteRequest request, Accepted accepted) {
        DeleteVerb.warn(call, request);
        var deleted = resource.deleteCollection(call, limited(which), request.options());
        var revision = resource instanceof Revisioned now ? now.revision() : Revision.NONE;
        answer.write(call, resource.type(), deleted, revision, accepted);
    }

    private static Predicate<ApiObject> limited(ListOptions which) {
        if (which.limit() == 0) {
            return which::matches;
        }
        var left = new AtomicLong(which.limit());
        return object -> which.matches(object) && left.getAndDecrement() > 0;
    }
}

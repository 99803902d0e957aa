package dev.muster.apiserver.write;

import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.ContentType;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;

/** PUT. */
public final class UpdateVerb implements Verb<Updater> {

    private final Work work;
    private final BodyDecoder decoder;
    private final ObjectForms forms;

    public UpdateVerb(Work work, BodyDecoder decoder, ObjectForms forms) {
        this.work = work;
        this.decoder = decoder;
        this.forms = forms;
    }

    @Override
    public void handle(ApiCall call, Updater resource) {
        var exchange = call.exchange();
        var type = resource.type();
        var accepted = Accept.negotiate(exchange, work.responder().offers());
        var form = ContentType.ofBody(exchange.headers());
        var options = WriteOptions.parse(exchange.query(), "UpdateOptions");
        work.withBody(
                call,
                body -> work.decodeThenBlock(
                        call,
                        body,
                        () -> Names.require(call, decoder.decode(call, type, form, body, options)),
                        object -> {
                            var updated = resource.update(call, object, options.dryRun());
                            forms.one(exchange, 200, type, updated, accepted);
                        }));
    }
}

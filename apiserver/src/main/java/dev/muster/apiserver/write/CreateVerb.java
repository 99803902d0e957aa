package dev.muster.apiserver.write;

import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.ContentType;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;

/** POST. */
public final class CreateVerb implements Verb<Creator> {

    private final Work work;
    private final BodyDecoder decoder;
    private final ObjectForms forms;

    public CreateVerb(Work work, BodyDecoder decoder, ObjectForms forms) {
        this.work = work;
        this.decoder = decoder;
        this.forms = forms;
    }

    @Override
    public void handle(ApiCall call, Creator resource) {
        var exchange = call.exchange();
        var type = resource.kind();
        var accepted = Accept.negotiate(exchange, work.responder().offers());
        var form = ContentType.ofBody(exchange.headers());
        var options = WriteOptions.parse(exchange.query(), "CreateOptions");
        work.withBody(
                call,
                body -> work.decodeThenBlock(
                        call, body, () -> decoder.decode(call, type, form, body, options), object -> {
                            var created = resource.create(call, object, options.dryRun());
                            forms.one(exchange, 201, type, created, accepted);
                        }));
    }
}

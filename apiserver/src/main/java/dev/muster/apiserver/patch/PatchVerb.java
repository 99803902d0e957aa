package dev.muster.apiserver.patch;

import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.apiserver.write.WriteOptions;

/** PATCH. */
public final class PatchVerb implements Verb<Patcher> {

    private final Work work;
    private final PatchReader reader;
    private final ObjectForms forms;

    public PatchVerb(Work work, PatchReader reader, ObjectForms forms) {
        this.work = work;
        this.reader = reader;
        this.forms = forms;
    }

    @Override
    public void handle(ApiCall call, Patcher resource) {
        var exchange = call.exchange();
        var type = resource.type();
        var form = PatchForm.of(exchange.headers());
        var accepted = Accept.negotiate(exchange, work.responder().offers());
        var options = WriteOptions.parse(exchange.query(), "PatchOptions");
        work.withBody(
                call,
                body -> work.decodeThenBlock(call, body, () -> reader.read(call, type, form, body, options), change -> {
                    var patched = resource.patch(call, change, options.dryRun());
                    forms.one(exchange, 200, type, patched, accepted);
                }));
    }
}

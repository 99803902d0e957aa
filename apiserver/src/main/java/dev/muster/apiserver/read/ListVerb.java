package dev.muster.apiserver.read;

import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Lister;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Work;
import dev.muster.http.serve.Lane;

/** GET of a collection. */
public final class ListVerb implements Verb<Lister> {

    /** Up to this many objects in memory, looking through them is no burden to the event loop. */
    private static final int FEW = 64;

    private final Work work;
    private final ListAnswer answer;

    public ListVerb(Work work, ListAnswer answer) {
        this.work = work;
        this.answer = answer;
    }

    @Override
    public void handle(ApiCall call, Lister resource) {
        Accepted accepted = Accept.negotiate(call.exchange(), work.responder().offers());
        var options = ListOptions.parse(call, resource.type(), false);
        var selecting = new Selecting(call, resource, options);
        if (!Versions.isReached(resource, selecting.needed())) {
            work.on(Lane.BLOCKING, call, () -> {
                Versions.await(resource, selecting.needed());
                select(call, resource, selecting, accepted);
            });
        } else {
            select(call, resource, selecting, accepted);
        }
    }

    private void select(ApiCall call, Lister resource, Selecting selecting, Accepted accepted) {
        if (resource.list(call).items().size() <= FEW) {
            compose(call, resource, selecting, accepted);
        } else {
            work.on(Lane.CPU, call, () -> compose(call, resource, selecting, accepted));
        }
    }

    private void compose(ApiCall call, Lister resource, Selecting selecting, Accepted accepted) {
        var now = selecting.now();
        if (now.isPresent()) {
            answer.write(call, resource.type(), now.get(), accepted);
        } else {
            work.on(Lane.BLOCKING, call, () -> answer.write(call, resource.type(), selecting.past(), accepted));
        }
    }
}

package dev.muster.apiserver.pipeline;

import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.BindingLister.Near;
import dev.muster.core.identity.Heard;
import java.util.List;
import java.util.function.Supplier;

/**
 * Why a request was refused, as its filter tells it.
 *
 * @param said one sentence
 * @param heard what each authenticator said
 * @param bindings asked for only when the refusal is a new one
 */
record Story(int code, String said, List<Heard> heard, Supplier<List<Bound>> bindings, Supplier<List<Near>> nearest) {

    static Story unknownCaller(String said, List<Heard> heard) {
        return new Story(401, said, heard, List::of, List::of);
    }

    /** @param nearest asked for only when the refusal is a new one */
    static Story forbidden(String said, Supplier<List<Bound>> bindings, Supplier<List<Near>> nearest) {
        return new Story(403, said, List.of(), bindings, nearest);
    }
}

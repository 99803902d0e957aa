package dev.muster.apiserver.resource;

import dev.muster.api.codec.MalformedBody;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.http.serve.Lane;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs a verb's work where it belongs, and makes answers of refusals. */
public record Work(Responder responder) {

    /** Kubernetes' limit of a request body. */
    public static final int BODY_LIMIT = 3 * 1024 * 1024;

    /** Bodies above this are decoded on the lane for what burns. */
    public static final int LARGE_BODY = 64 * 1024;

    /** Here and now. */
    public void run(ApiCall call, Runnable work) {
        try {
            work.run();
        } catch (StatusException e) {
            responder.status(call.exchange(), e.status());
        } catch (MalformedBody e) {
            responder.status(call.exchange(), Statuses.badRequest(e.getMessage()));
        }
    }

    /** Elsewhere. */
    public void on(Lane lane, ApiCall call, Runnable work) {
        call.exchange().offload(lane, () -> run(call, work));
    }

    /** On the event loop, once the whole body is there. */
    public void withBody(ApiCall call, Consumer<byte[]> work) {
        call.exchange().body(BODY_LIMIT, bytes -> run(call, () -> work.accept(bytes)));
    }

    /** Reads small bodies at once and large ones where burning is allowed; the rest blocks. */
    public <T> void decodeThenBlock(ApiCall call, byte[] body, Supplier<T> decode, Consumer<T> rest) {
        if (body.length <= LARGE_BODY) {
            on(Lane.BLOCKING, call, () -> rest.accept(decode.get()));
        } else {
            on(Lane.CPU, call, () -> {
                T decoded = decode.get();
                on(Lane.BLOCKING, call, () -> rest.accept(decoded));
            });
        }
    }
}

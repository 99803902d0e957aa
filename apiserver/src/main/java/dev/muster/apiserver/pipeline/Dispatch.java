package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.PathRoutes;

/** The end of the way: API objects go to the resources, other paths to their route, the rest is not found. */
public final class Dispatch implements Filter {

    private final ApiHandler resources;
    private final PathRoutes paths;
    private final Responder responder;

    /**
     * @param resources answers whatever names API objects, existing or not
     * @param paths answers the rest
     */
    public Dispatch(ApiHandler resources, PathRoutes paths, Responder responder) {
        this.resources = resources;
        this.paths = paths;
        this.responder = responder;
    }

    @Override
    public void apply(Turn turn) {
        var info = turn.info();
        var call = new ApiCall(turn, info, turn.user(), turn.caller());
        if (info.resourceRequest()) {
            if (hasGap(info.path())) {
                responder.notFoundPage(turn);
            } else {
                resources.handle(call);
            }
            return;
        }
        var found = paths.find(info.path());
        if (found.isEmpty()) {
            responder.notFoundPage(turn);
        } else if (found.get().readOnly() && !isReading(turn.method())) {
            turn.addHeader("allow", "GET, HEAD");
            responder.status(turn, RequestStatuses.methodNotAllowed());
        } else {
            found.get().handler().handle(call);
        }
    }

    private static boolean isReading(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** An empty segment between others: no resource has one, and an empty namespace must not come to mean all. */
    private static boolean hasGap(String path) {
        int first = 0;
        while (first < path.length() && path.charAt(first) == '/') {
            first++;
        }
        int last = path.length();
        while (last > first && path.charAt(last - 1) == '/') {
            last--;
        }
        int gap = path.indexOf("//", first);
        return gap >= 0 && gap < last;
    }
}

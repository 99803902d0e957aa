package dev.muster.apiserver.route;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.Legacy;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.RequestInfo;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.resource.Work;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Sends each resource request to its resource and verb. */
public final class ResourceRouter implements ApiHandler {

    private record Address(String group, String version, String plural, String subresource) {}

    private final Map<Address, Resource> resources = new HashMap<>();
    private final Map<String, ResourceType> byName = new HashMap<>();
    private final Verbs verbs;
    private final Work work;

    /**
     * @param resources all that are served; two at one address are a bug
     * @param clock for ages in tables and the end of watches
     */
    public ResourceRouter(Resources resources, Kinds kinds, Responder responder, InstantSource clock) {
        for (Resource resource : resources.all()) {
            var gvk = resource.type().gvk();
            var address =
                    new Address(gvk.group(), gvk.version(), resource.type().plural(), resource.subresource());
            if (this.resources.put(address, resource) != null) {
                throw new IllegalArgumentException("two resources at " + address);
            }
            byName.put(resource.type().qualifiedName(), resource.type());
        }
        this.verbs = new Verbs(kinds, responder, clock);
        this.work = new Work(responder);
    }

    @Override
    public void handle(ApiCall call) {
        work.run(call, () -> dispatch(call));
    }

    private void dispatch(ApiCall call) {
        RequestInfo info = call.info();
        Resource resource =
                resources.get(new Address(info.apiGroup(), info.apiVersion(), info.resource(), info.subresource()));
        if (resource == null || !isWellFormed(info, resource.type())) {
            throw new StatusException(noSuchResource(info));
        }
        if (!isPlaced(info, resource.type()) || !verbs.handle(info.verb(), call, resource)) {
            throw new StatusException(RequestStatuses.methodNotAllowed());
        }
    }

    /** Of a version that Kubernetes has given up, the cause says what to write today. */
    private Status noSuchResource(RequestInfo info) {
        String group = info.apiGroup();
        var today = byName.get(group.isEmpty() ? info.resource() : info.resource() + "." + group);
        if (today == null) {
            return Statuses.noSuchResource();
        }
        String asked = new Gvk(group, info.apiVersion(), "").apiVersion();
        return Legacy.hint(asked, today.gvk().kind())
                .map(hint -> Statuses.noSuchResource(new Status.Cause("UnexpectedServerResponse", hint, "apiVersion")))
                .orElseGet(Statuses::noSuchResource);
    }

    /** Whether the path has exactly the segments that name this: nothing more, nothing empty, the right scope. */
    private static boolean isWellFormed(RequestInfo info, ResourceType type) {
        var parts = info.parts();
        int expected = info.subresource().isEmpty() ? 2 : 3;
        if (parts.size() > expected || parts.contains("")) {
            return false;
        }
        int prefix = info.apiPrefix().equals("apis") ? 3 : 2;
        boolean watchPrefix = isWatchPrefix(info, prefix);
        int scope = segments(info.path()) - prefix - (watchPrefix ? 1 : 0) - parts.size();
        if (!type.namespaced()) {
            return scope == 0;
        }
        if (scope == 0) {
            return info.namespace().isEmpty() && parts.size() == 1;
        }
        return scope == 2 && !info.namespace().isEmpty();
    }

    private static final Set<String> ON_OBJECTS = Set.of("get", "update", "patch", "delete");

    /** Whether the verb fits what the path names: an object, or a collection in the right scope. */
    private static boolean isPlaced(RequestInfo info, ResourceType type) {
        boolean named = info.parts().size() > 1;
        return switch (info.verb()) {
            case "list" -> !named;
            case "watch" -> true;
            case "create" ->
                named == !info.subresource().isEmpty()
                        && (named || !type.namespaced() || !info.namespace().isEmpty());
            case "deletecollection" ->
                !named && (!type.namespaced() || !info.namespace().isEmpty());
            default -> named && ON_OBJECTS.contains(info.verb());
        };
    }

    private static boolean isWatchPrefix(RequestInfo info, int prefix) {
        if (!info.verb().equals("watch")) {
            return false;
        }
        String path = info.path();
        int at = 0;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        for (int i = 0; i < prefix; i++) {
            at = path.indexOf('/', at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return path.startsWith("watch/", at);
    }

    /** As RequestInfo counts them: slashes at the ends do not. */
    private static int segments(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        int count = 1;
        for (int i = start; i < end; i++) {
            count += path.charAt(i) == '/' ? 1 : 0;
        }
        return count;
    }
}

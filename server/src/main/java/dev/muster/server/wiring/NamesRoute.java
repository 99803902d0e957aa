package dev.muster.server.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.http.serve.Response;
import java.util.List;
import java.util.Map;

/** {@value #PATH}: which user names come from two places. For those whom the authorizer allows the path. */
public final class NamesRoute {

    public static final String PATH = "/identity/duplicate-user-names";

    private static final int MOST = 1000;

    private NamesRoute() {}

    static PathRoute of(NamesOnce once) {
        var headers =
                Map.of("content-type", List.of("application/json"), "cache-control", List.of("no-cache, private"));
        return new PathRoute(
                PATH,
                PathRoute.Match.EXACT,
                true,
                true,
                call -> call.exchange().respond(new Response(200, headers, document(once))));
    }

    private static byte[] document(NamesOnce once) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("policy", once.isRefusing() ? "refuse" : "report");
        tree.put("count", once.names().count());
        tree.put("unremembered", once.names().unremembered());
        var names = tree.putArray("names");
        once.names().duplicates(MOST).forEach(one -> {
            var entry = names.addObject().put("name", one.name()).put("owner", one.owner());
            one.others().forEach(entry.putArray("others")::add);
        });
        return Json.write(tree);
    }
}

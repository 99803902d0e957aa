package dev.muster.apiserver.health;

import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.pipeline.Counters;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.http.serve.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All paths of the front that are no API objects. */
public final class FrontPaths {

    private static final Map<String, List<String>> METRICS =
            Map.of("content-type", List.of("text/plain; version=0.0.4; charset=utf-8"));

    private FrontPaths() {}

    /**
     * Health, version, metrics and the index, with the routes of others.
     *
     * @param checks beside {@code ping} and {@code shutdown}, which are always there
     * @param others discovery, OpenAPI, ...
     */
    public static PathRoutes of(
            List<Check> checks,
            Shutdown shutdown,
            VersionInfo version,
            Counters counters,
            Responder responder,
            List<PathRoute> others) {
        var routes = new ArrayList<PathRoute>();
        var ready = new ArrayList<Check>();
        ready.add(Check.of("ping", Optional::empty));
        ready.addAll(checks);
        ready.add(shutdown.check());
        var alive =
                ready.stream().filter(check -> check.scope() == Check.Scope.ALL).toList();
        routes.addAll(new Probe("healthz", alive, responder).routes());
        routes.addAll(new Probe("livez", alive, responder).routes());
        routes.addAll(new Probe("readyz", ready, responder).routes());
        byte[] versionJson = version.json().getBytes(StandardCharsets.UTF_8);
        routes.add(PathRoute.reading("/version", call -> responder.json(call.exchange(), 200, versionJson)));
        routes.add(new PathRoute(
                "/metrics",
                PathRoute.Match.EXACT,
                true,
                true,
                call -> call.exchange()
                        .respond(new Response(200, METRICS, counters.text().getBytes(StandardCharsets.UTF_8)))));
        routes.addAll(others);
        byte[] index = index(new PathRoutes(routes).listed());
        for (String path : List.of("/", "/index.html")) {
            routes.add(new PathRoute(
                    path, PathRoute.Match.EXACT, false, false, call -> responder.json(call.exchange(), 200, index)));
        }
        return new PathRoutes(routes);
    }

    /** Indented by two, as Kubernetes writes it whoever asks. The paths are ours and need no escaping. */
    private static byte[] index(List<String> paths) {
        return paths.stream()
                .map(path -> "    \"" + path + "\"")
                .collect(Collectors.joining(",\n", "{\n  \"paths\": [\n", "\n  ]\n}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}

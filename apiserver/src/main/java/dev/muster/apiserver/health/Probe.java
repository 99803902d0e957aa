package dev.muster.apiserver.health;

import dev.muster.api.meta.GoText;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of {@code healthz}, {@code livez}, {@code readyz}: {@code ok}, or the list of checks with {@code ?verbose} and whenever one
 * fails (500). {@code ?exclude=NAME} leaves one out.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/health-checks/">Kubernetes API health endpoints</a>
 */
final class Probe {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final int SHOWN = 16;

    private final String name;
    private final List<Check> checks;
    private final Responder responder;
    private volatile String lastLogged = "";

    Probe(String name, List<Check> checks, Responder responder) {
        this.name = name;
        this.checks = List.copyOf(checks);
        this.responder = responder;
    }

    /** The overview and each check's own path. */
    List<PathRoute> routes() {
        var routes = new ArrayList<PathRoute>();
        routes.add(PathRoute.exact("/" + name, this::overview));
        for (Check check : checks) {
            routes.add(PathRoute.exact("/" + name + "/" + check.name(), call -> detail(call, check)));
        }
        return routes;
    }

    private void overview(ApiCall call) {
        var query = call.exchange().query().values();
        var excluded = query.getOrDefault("exclude", List.of());
        var unknown = new TreeSet<>(excluded);
        var failed = new ArrayList<String>();
        var out = new StringBuilder();
        for (Check check : checks) {
            if (excluded.contains(check.name())) {
                unknown.remove(check.name());
                out.append("[+]").append(check.name()).append(" excluded: ok\n");
                continue;
            }
            var problem = check.run();
            if (problem.isPresent() && check.scope() == Check.Scope.SHOWN) {
                // Everybody may read this page; those who may read the other one are few.
                out.append("[!]").append(check.name()).append(" in trouble, does not count: reason at /");
                out.append(name).append('/').append(check.name()).append('\n');
                continue;
            }
            problem.ifPresent(text -> failed.add(check.name() + ": " + text));
            out.append(problem.isEmpty() ? "[+]" : "[-]")
                    .append(check.name())
                    .append(problem.isEmpty() ? " ok\n" : " failed: reason withheld\n");
        }
        if (!unknown.isEmpty()) {
            out.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(unknown.stream().limit(SHOWN).map(GoText::quote).collect(Collectors.joining(",")))
                    .append('\n');
        }
        log(failed);
        if (!failed.isEmpty()) {
            responder.text(
                    call.exchange(),
                    500,
                    out.append(name).append(" check failed\n").toString());
        } else if (query.containsKey("verbose")) {
            responder.text(
                    call.exchange(),
                    200,
                    out.append(name).append(" check passed\n").toString());
        } else {
            responder.text(call.exchange(), 200, "ok");
        }
    }

    /** Says a failure once, until it is another one. */
    private void log(List<String> failed) {
        String text = String.join("; ", failed);
        if (!text.equals(lastLogged)) {
            lastLogged = text;
            if (text.isEmpty()) {
                LOG.info("{} passes again", name);
            } else {
                LOG.warn("{} fails: {}", name, text);
            }
        }
    }

    private void detail(ApiCall call, Check check) {
        Optional<String> problem = check.run();
        responder.text(
                call.exchange(),
                problem.isEmpty() ? 200 : 500,
                problem.map(text -> "internal server error: " + text + "\n").orElse("ok"));
    }
}

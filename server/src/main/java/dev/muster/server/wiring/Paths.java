package dev.muster.server.wiring;

import dev.muster.apiserver.discovery.Discovery;
import dev.muster.apiserver.health.Check;
import dev.muster.apiserver.health.FrontPaths;
import dev.muster.apiserver.health.Shutdown;
import dev.muster.apiserver.health.VersionInfo;
import dev.muster.apiserver.openapi.OpenApi;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.core.store.Cache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paths that are no API objects. */
final class Paths {

    /** The version of the Kubernetes API that is spoken: clients judge their skew by it. */
    private static final String MAJOR = "1";

    private static final String MINOR = "33";

    /** Progress is heard about once a second; this long without is trouble. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private Paths() {}

    static PathRoutes of(
            Api api,
            Front front,
            List<Check> checks,
            Shutdown shutdown,
            InstantSource clock,
            String address,
            List<PathRoute> more) {
        var others = new ArrayList<PathRoute>();
        others.addAll(Discovery.of(api.resources(), front.responder(), address).routes());
        others.addAll(new OpenApi(api.kinds(), api.resources(), front.responder(), clock).routes());
        others.addAll(more);
        return FrontPaths.of(checks, shutdown, version(), front.counters(), front.responder(), others);
    }

    /** Whether the store is still heard of: what is served without it may be out of date. */
    static Check storeCheck(Cache<?> cache) {
        return Check.of("etcd", () -> {
            Duration silent = cache.sinceLastHeard();
            return silent.isNegative() || silent.compareTo(SILENCE) > 0
                    ? Optional.of("the store has not been heard of for " + silent.toSeconds() + " s")
                    : Optional.empty();
        });
    }

    private static VersionInfo version() {
        String own = Optional.ofNullable(Paths.class.getPackage().getImplementationVersion())
                .orElse("dev");
        String platform =
                System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT) + "/" + System.getProperty("os.arch");
        return new VersionInfo(
                MAJOR, MINOR, "v" + MAJOR + "." + MINOR + ".0+muster-" + own, "", "2026-01-01T00:00:00Z", platform);
    }
}

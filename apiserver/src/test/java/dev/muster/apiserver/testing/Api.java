package dev.muster.apiserver.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.AdmissionPlugins;
import dev.muster.apiserver.controllers.systemnamespaces.SystemNamespaces;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.route.ResourceRouter;
import dev.muster.apiserver.stored.ApiResources;
import dev.muster.apiserver.stored.ObjectCodec;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.core.store.Store;
import dev.muster.store.watchcache.WatchCache;
import dev.muster.store.watchcache.WatchCacheOptions;
import dev.muster.testkit.clock.ManualClock;
import dev.muster.testkit.http.FakeExchange;
import dev.muster.testkit.store.HeapStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The resources of the API over a store in memory, called without a network. Everybody may do everything. */
public final class Api implements AutoCloseable {

    public static final Kinds KINDS = Kinds.load();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Without NodeRestriction: what controllers do with nodes' requests shows only when nodes may make wrong ones. */
    private static final AdmissionPlugins PLUGINS = new AdmissionPlugins(
            AdmissionPlugins.ALL.stream()
                    .filter(name -> !name.equals(AdmissionPlugins.NODE_RESTRICTION))
                    .collect(Collectors.toSet()),
            _ -> Decision.allow(""));

    public final Store store;
    public final WatchCache<ApiObject> cache;
    public final ManualClock clock = new ManualClock();
    public final ApiResources resources;
    private final ResourceRouter router;

    public Api(WriteGuard... guards) {
        this(new HeapStore(), guards);
    }

    public Api(Store store, WriteGuard... guards) {
        this(store, WatchCacheOptions.DEFAULT, guards);
    }

    public Api(Store store, WatchCacheOptions options, WriteGuard... guards) {
        this(KINDS, store, options, guards);
    }

    /** With kinds of the test's own. */
    public Api(Kinds kinds) {
        this(kinds, new HeapStore(), WatchCacheOptions.DEFAULT);
    }

    private Api(Kinds kinds, Store store, WatchCacheOptions options, WriteGuard... guards) {
        this.store = store;
        this.cache = WatchCache.open(store, StorageKeys.ROOT, new ObjectCodec(), options);
        this.resources = ApiResources.stored(
                kinds, store, cache, clock, new Random(7), new ApiResources.Gates(List.of(guards), PLUGINS));
        new SystemNamespaces(resources.access(), kinds).ensure();
        this.router = new ResourceRouter(new Resources(resources.resources()), kinds, Responder.ofText(), clock);
    }

    /** Sends the request as some user. */
    public Answer send(FakeExchange exchange) {
        return send(exchange, User.of("jane", "developers", User.AUTHENTICATED));
    }

    public Answer send(FakeExchange exchange, User user) {
        var info = RequestInfoParser.parse(exchange.method(), exchange.path(), exchange.query());
        router.handle(new ApiCall(exchange, info, user));
        return new Answer(exchange);
    }

    public Answer get(String target) {
        return send(FakeExchange.get(target));
    }

    public Answer post(String target, String json) {
        return send(FakeExchange.post(target, "application/json", json));
    }

    public Answer put(String target, String json) {
        return send(FakeExchange.of("PUT", target)
                .header("Content-Type", "application/json")
                .body(bytes(json)));
    }

    /** @param form json, merge or strategic-merge */
    public Answer patch(String target, String form, String body) {
        return send(FakeExchange.of("PATCH", target)
                .header("Content-Type", "application/" + form + "-patch+json")
                .body(bytes(body)));
    }

    public Answer delete(String target) {
        return send(FakeExchange.of("DELETE", target));
    }

    public Answer delete(String target, String options) {
        return send(FakeExchange.of("DELETE", target)
                .header("Content-Type", "application/json")
                .body(bytes(options)));
    }

    /** Makes a ConfigMap in default with one entry. */
    public Answer configMap(String name, String value) {
        return post("/api/v1/namespaces/default/configmaps", configMapJson(name, value));
    }

    public static String configMapJson(String name, String value) {
        return """
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"%s","labels":{"v":"%s"}},"data":{"k":"%s"}}""".formatted(name, value, value);
    }

    public static ResourceType type(String plural) {
        return KINDS.byResource("", "v1", plural).orElseThrow();
    }

    /** Waits for something that happens elsewhere. */
    public static void eventually(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about within ten seconds");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        cache.close();
        store.close();
    }

    /** What came back. */
    public record Answer(FakeExchange exchange) {

        public int code() {
            return exchange.status();
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(exchange.response().body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A text at a JSON pointer; empty when there is none. */
        public String text(String pointer) {
            return json().at(pointer).asText("");
        }

        public String message() {
            return text("/message");
        }

        public String reason() {
            return text("/reason");
        }

        public String version() {
            return text("/metadata/resourceVersion");
        }

        public List<String> warnings() {
            return exchange.responseHeader("Warning");
        }

        /** The lines of a watch so far. */
        public List<JsonNode> lines() {
            return exchange.streamed()
                    .orElseThrow()
                    .text()
                    .lines()
                    .map(Answer::parse)
                    .toList();
        }

        /** TYPE name of each line so far. */
        public List<String> events() {
            return lines().stream()
                    .map(line -> line.path("type").asText() + " "
                            + line.at("/object/metadata/name").asText())
                    .toList();
        }

        private static JsonNode parse(String line) {
            try {
                return MAPPER.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return code() + " " + exchange.text();
        }
    }
}

package dev.muster.apiserver.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.http.serve.Response;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The two documents by which an OpenID Connect library verifies tokens of service accounts (OpenID Connect Discovery 1.0 section
 * 4). Read by those whom the authorizer allows the paths.
 */
public final class IssuerDocuments {

    /** Where the keys are. */
    public static final String KEYS = "/openid/v1/jwks";

    private static final String CONFIGURATION = "/.well-known/openid-configuration";

    private IssuerDocuments() {}

    /**
     * What there is to publish of the keys at one time.
     *
     * @param algorithms of the keys, in any order
     * @param set a JWK set
     */
    public record Keys(Collection<String> algorithms, String set) {}

    /**
     * The paths.
     *
     * @param keysAt the whole URL of {@link #KEYS}, as others reach it
     * @param keys asked at each request; does not block
     */
    public static List<PathRoute> routes(String issuer, String keysAt, Supplier<Keys> keys) {
        return List.of(
                route(CONFIGURATION, "application/json", () -> configuration(issuer, keysAt, keys.get())),
                route(KEYS, "application/jwk-set+json", () -> keys.get().set().getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] configuration(String issuer, String keysAt, Keys keys) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("issuer", issuer).put("jwks_uri", keysAt);
        tree.putArray("response_types_supported").add("id_token");
        tree.putArray("subject_types_supported").add("public");
        var signing = tree.putArray("id_token_signing_alg_values_supported");
        new TreeSet<>(keys.algorithms()).forEach(signing::add);
        return Json.write(tree);
    }

    private static PathRoute route(String path, String mediaType, Supplier<byte[]> document) {
        var headers = Map.of("content-type", List.of(mediaType), "cache-control", List.of("public, max-age=3600"));
        ApiHandler handler = call -> call.exchange().respond(new Response(200, headers, document.get()));
        return new PathRoute(path, PathRoute.Match.EXACT, true, true, handler);
    }
}

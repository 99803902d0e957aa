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
     * The paths.
     *
     * @param keysAt the whole URL of {@link #KEYS}, as others reach it
     * @param algorithms of the keys, in any order
     * @param keys a JWK set
     */
    public static List<PathRoute> routes(String issuer, String keysAt, Collection<String> algorithms, String keys) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("issuer", issuer).put("jwks_uri", keysAt);
        tree.putArray("response_types_supported").add("id_token");
        tree.putArray("subject_types_supported").add("public");
        var signing = tree.putArray("id_token_signing_alg_values_supported");
        new TreeSet<>(algorithms).forEach(signing::add);
        return List.of(
                route(CONFIGURATION, "application/json", Json.write(tree)),
                route(KEYS, "application/jwk-set+json", keys.getBytes(StandardCharsets.UTF_8)));
    }

    private static PathRoute route(String path, String mediaType, byte[] document) {
        var headers = Map.of("content-type", List.of(mediaType), "cache-control", List.of("public, max-age=3600"));
        ApiHandler handler = call -> call.exchange().respond(new Response(200, headers, document));
        return new PathRoute(path, PathRoute.Match.EXACT, true, true, handler);
    }
}

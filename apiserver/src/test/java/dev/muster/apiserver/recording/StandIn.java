package dev.muster.apiserver.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.discovery.Discovery;
import dev.muster.apiserver.discovery.EveryResource;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.openapi.OpenApi;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A server for kubectl to talk to while its requests are recorded: true discovery and OpenAPI, and answers made up for
 * everything else.
 */
final class StandIn implements AutoCloseable {

    /** What kubectl sent. */
    record Heard(String method, String target, String accept, String contentType, byte[] body) {}

    private final Kinds kinds = Kinds.load();
    private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    private final MadeUp madeUp = new MadeUp(kinds);
    private final PathRoutes routes;
    private final HttpServer server;

    StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var responder = Responder.withProtobuf(new Protobuf(kinds)::write);
        var resources = EveryResource.of(kinds);
        var all = new ArrayList<>(Discovery.of(resources, responder, address()).routes());
        all.addAll(new OpenApi(kinds, resources, responder, InstantSource.system()).routes());
        routes = new PathRoutes(all);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** And forgets it. */
    List<Heard> heard() {
        synchronized (heard) {
            var all = List.copyOf(heard);
            heard.clear();
            return all;
        }
    }

    private void handle(HttpExchange http) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        var target = http.getRequestURI().toString();
        var request = FakeExchange.of(http.getRequestMethod(), target).body(body);
        http.getRequestHeaders().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        heard.add(new Heard(
                http.getRequestMethod(),
                target,
                request.headers().first("accept").orElse(""),
                request.headers().first("content-type").orElse(""),
                body));
        send(http, answer(request, body));
    }

    private Response answer(FakeExchange request, byte[] body) {
        var route = routes.find(request.path());
        try {
            if (route.isPresent()) {
                var info = RequestInfoParser.parse("GET", request.path(), request.query());
                route.get().handler().handle(new ApiCall(request, info, User.of("jane")));
                return request.response();
            }
            return madeUp.answer(request, body);
        } catch (StatusException e) {
            return json(e.status().code(), e.status().toTree());
        }
    }

    static Response json(int code, ObjectNode tree) {
        return Response.of(code, "application/json", Json.write(tree));
    }

    private static void send(HttpExchange http, Response response) throws IOException {
        response.headers().forEach((name, values) -> http.getResponseHeaders().put(name, values));
        byte[] body = response.body();
        http.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        try (var out = http.getResponseBody()) {
            out.write(body);
        }
    }

    static Response text(int code, String text) {
        return Response.of(code, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

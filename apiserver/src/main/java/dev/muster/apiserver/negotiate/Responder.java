package dev.muster.apiserver.negotiate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.Yaml;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes answers in the form the caller reads. Thread-safe; does not block. */
public final class Responder {

    private static final Map<String, List<String>> TEXT = Map.of("content-type", List.of("text/plain; charset=utf-8"));

    private final Optional<Function<ObjectNode, byte[]>> protobuf;
    private final Offers plain;
    private final Offers objects;

    private Responder(Optional<Function<ObjectNode, byte[]>> protobuf) {
        this.protobuf = protobuf;
        this.plain = protobuf.isPresent() ? Offers.PLAIN : Offers.PLAIN.withoutProtobuf();
        this.objects = protobuf.isPresent() ? Offers.OBJECTS : Offers.OBJECTS.withoutProtobuf();
    }

    /** Writes all three forms; the function writes protobuf with its envelope. */
    public static Responder withProtobuf(Function<ObjectNode, byte[]> write) {
        return new Responder(Optional.of(write));
    }

    /** Writes JSON and YAML; protobuf is not offered. */
    public static Responder ofText() {
        return new Responder(Optional.empty());
    }

    /** What this can write for resources: objects, tables, metadata. */
    public Offers offers() {
        return objects;
    }

    /** The form in which this caller reads errors; never none. */
    public Accepted formOfErrors(Exchange exchange) {
        return Accept.find(exchange, plain).orElse(Accepted.PRETTY_JSON);
    }

    /** An error. A caller who accepts nothing we can write gets it as JSON. */
    public void status(Exchange exchange, Status status) {
        var seconds = status.details().map(Status.Details::retryAfterSeconds).orElse(0);
        if (seconds > 0) {
            exchange.addHeader("Retry-After", Integer.toString(seconds));
        }
        tree(exchange, status.code(), status.toTree(), formOfErrors(exchange));
    }

    /** One object as it is, negotiated here; 406 if the caller accepts none of the forms. */
    public void object(Exchange exchange, int code, ApiObject object) {
        try {
            object(exchange, code, object, Accept.negotiate(exchange, plain));
        } catch (StatusException e) {
            status(exchange, e.status());
        }
    }

    /** One object as it is, in a form negotiated before. */
    public void object(Exchange exchange, int code, ApiObject object, Accepted accepted) {
        if (accepted.type() == MediaType.JSON && !accepted.pretty()) {
            exchange.respond(new Response(code, MediaType.JSON.headers(), object.json()));
        } else {
            tree(exchange, code, object.tree(), accepted);
        }
    }

    /** Any tree in a form negotiated before. The media type carries no parameters: see {@link #encode} for those that do. */
    public void tree(Exchange exchange, int code, ObjectNode tree, Accepted accepted) {
        exchange.respond(new Response(code, accepted.type().headers(), encode(tree, accepted)));
    }

    /** The bytes of a tree in a form negotiated before. */
    public byte[] encode(ObjectNode tree, Accepted accepted) {
        return switch (accepted.type()) {
            case JSON ->
                accepted.pretty() ? Json.writePretty(tree) : ApiObject.of(tree).json();
            case YAML -> Yaml.write(tree);
            case PROTOBUF ->
                protobuf.orElseThrow(() -> new IllegalStateException("protobuf was not offered"))
                        .apply(tree);
        };
    }

    /** Plain text, for health checks and paths that are nothing. */
    public void text(Exchange exchange, int code, String text) {
        exchange.respond(new Response(code, TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a path gets that is nothing. */
    public void notFoundPage(Exchange exchange) {
        text(exchange, 404, "404 page not found\n");
    }

    /** JSON that is no API object: the version, the list of paths. */
    public void json(Exchange exchange, int code, byte[] json) {
        exchange.respond(new Response(code, MediaType.JSON.headers(), json));
    }
}

package dev.muster.apiserver.openapi;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.negotiate.Offers;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.openapi.Documents.Document;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.resource.Resources;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Serves {@code /openapi/v3} and what is below, and {@code /openapi/v2} for older clients. The documents are built at the first request, on a thread for such work. A
 * document asked for by its hash never changes, and clients are told so; asked for by an old hash, they are sent to the new one.
 */
public final class OpenApi {

    private static final String ROOT = "/openapi/v3";
    private static final String V2_ROOT = "/openapi/v2";
    private static final Offers JSON = new Offers(List.of(MediaType.JSON), Offers.Transforms.NONE);
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);
    private static final String JSON_TYPE = MediaType.JSON.text();
    private static final byte[] NOTHING = {};

    private final Kinds kinds;
    private final Resources resources;
    private final Responder responder;
    private final InstantSource clock;
    private volatile Documents built;
    private volatile Document builtV2;

    public OpenApi(Kinds kinds, Resources resources, Responder responder, InstantSource clock) {
        this.kinds = kinds;
        this.resources = resources;
        this.responder = responder;
        this.clock = clock;
    }

    /** To be mounted beside the other paths. */
    public List<PathRoute> routes() {
        return List.of(
                PathRoute.reading(ROOT, call -> withDocuments(call, this::index)),
                PathRoute.below(ROOT + "/", call -> withDocuments(call, this::document)),
                PathRoute.reading(V2_ROOT, this::v2));
    }

    private void v2(ApiCall call) {
        var exchange = call.exchange();
        var accept = exchange.headers().first("accept").orElse("");
        if (V2.MEDIA_TYPES.stream().noneMatch(accept::contains)) {
            throw new StatusException(RequestStatuses.notAcceptable(V2.MEDIA_TYPES));
        }
        var document = builtV2;
        if (document != null) {
            send(exchange, document, V2.CONTENT_TYPE, false);
        } else {
            exchange.offload(Lane.CPU, () -> send(exchange, buildV2(), V2.CONTENT_TYPE, false));
        }
    }

    private synchronized Document buildV2() {
        if (builtV2 == null) {
            builtV2 = Documents.document(V2.build(kinds, resources));
        }
        return builtV2;
    }

    private void withDocuments(ApiCall call, BiConsumer<Exchange, Documents> then) {
        var exchange = call.exchange();
        Accept.negotiate(exchange, JSON);
        var documents = built;
        if (documents != null) {
            then.accept(exchange, documents);
        } else {
            exchange.offload(Lane.CPU, () -> then.accept(exchange, build()));
        }
    }

    private synchronized Documents build() {
        if (built == null) {
            built = Documents.build(kinds, resources);
        }
        return built;
    }

    private void index(Exchange exchange, Documents documents) {
        send(exchange, documents.index(), JSON_TYPE, false);
    }

    private void document(Exchange exchange, Documents documents) {
        var path = exchange.path().substring(ROOT.length() + 1);
        var found = documents.of(path);
        if (found.isEmpty()) {
            responder.notFoundPage(exchange);
            return;
        }
        var hash = exchange.query().text("hash");
        var document = found.get();
        if (!hash.isEmpty() && !hash.equals(document.hash())) {
            var headers = Map.of("location", List.of(Documents.url(path, document.hash())));
            exchange.respond(new Response(301, headers, NOTHING));
        } else {
            send(exchange, document, JSON_TYPE, !hash.isEmpty());
        }
    }

    private void send(Exchange exchange, Document document, String type, boolean immutable) {
        var headers = new LinkedHashMap<String, List<String>>();
        var etag = '"' + document.hash() + '"';
        headers.put("etag", List.of(etag));
        headers.put("vary", List.of("Accept"));
        if (immutable) {
            var inAYear = clock.instant().atZone(ZoneOffset.UTC).plusYears(1);
            headers.put("cache-control", List.of("public, immutable"));
            headers.put("expires", List.of(HTTP_DATE.format(inAYear)));
        }
        if (exchange.headers().first("if-none-match").filter(etag::equals).isPresent()) {
            exchange.respond(new Response(304, headers, NOTHING));
            return;
        }
        headers.put("content-type", List.of(type));
        exchange.respond(new Response(200, headers, document.bytes()));
    }
}

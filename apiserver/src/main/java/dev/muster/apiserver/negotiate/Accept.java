package dev.muster.apiserver.negotiate;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the form of an answer, as kube-apiserver does from Accept, {@code pretty} and User-Agent. */
public final class Accept {

    private Accept() {}

    /**
     * The best of the offers. Without an Accept header, the first. Only the first Accept header counts.
     *
     * @throws StatusException 406 when nothing fits
     */
    public static Accepted negotiate(Exchange exchange, Offers offers) {
        return find(exchange, offers).orElseThrow(() -> notAcceptable(offers.types(), ""));
    }

    /** The same, for a stream of watch events. */
    public static Accepted negotiateStream(Exchange exchange, Offers offers) {
        return find(exchange, offers).orElseThrow(() -> notAcceptable(offers.types(), ";stream=watch"));
    }

    /** The best of the offers; empty when nothing fits. */
    static Optional<Accepted> find(Exchange exchange, Offers offers) {
        var header = exchange.headers().first("accept").orElse("");
        boolean pretty = wantsPretty(exchange);
        if (isPlainJson(header) && offers.types().getFirst() == MediaType.JSON) {
            return Optional.of(pretty ? Accepted.PRETTY_JSON : Accepted.JSON);
        }
        for (Clause clause : Clause.parse(header)) {
            for (MediaType type : offers.types()) {
                if (clause.fits(type)) {
                    var accepted = accept(clause.parameters(), type, offers);
                    if (accepted.isPresent()) {
                        return accepted.map(a -> a.prettyIf(pretty));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isPlainJson(String header) {
        return switch (header) {
            case "", "*/*", "application/json", "application/json, */*" -> true;
            default -> false;
        };
    }

    private static Optional<Accepted> accept(Map<String, String> parameters, MediaType type, Offers offers) {
        if (!parameters.getOrDefault("sv", "").isEmpty()) {
            return Optional.empty();
        }
        String stream = parameters.getOrDefault("stream", "");
        if (!stream.isEmpty() && (!stream.equals("watch") || type == MediaType.YAML)) {
            return Optional.empty();
        }
        Optional<Conversion> conversion = conversion(parameters);
        if (conversion.isPresent() && !offers.transforms().allows(type, conversion.get())) {
            return Optional.empty();
        }
        boolean pretty = "1".equals(parameters.get("pretty"));
        return Optional.of(new Accepted(type, pretty, !stream.isEmpty(), conversion));
    }

    private static Optional<Conversion> conversion(Map<String, String> parameters) {
        String kind = parameters.get("as");
        String group = parameters.get("g");
        String version = parameters.get("v");
        if (kind == null && group == null && version == null) {
            return Optional.empty();
        }
        return Optional.of(new Conversion(orEmpty(group), orEmpty(version), orEmpty(kind)));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** For people: the query says so, or the client is one that people look at. */
    static boolean wantsPretty(Exchange exchange) {
        if (exchange.rawQuery().contains("pretty")) {
            Query query = exchange.query();
            String value = query.text("pretty");
            if (!value.isEmpty()) {
                return switch (value) {
                    case "1", "t", "T", "true", "TRUE", "True" -> true;
                    default -> false;
                };
            }
        }
        var agent = exchange.headers().first("user-agent");
        return agent.isPresent()
                && (agent.get().startsWith("curl")
                        || agent.get().startsWith("Wget")
                        || agent.get().startsWith("Mozilla/5.0"));
    }

    private static StatusException notAcceptable(List<MediaType> types, String parameters) {
        return new StatusException(RequestStatuses.notAcceptable(
                types.stream().map(t -> t.text() + parameters).toList()));
    }
}

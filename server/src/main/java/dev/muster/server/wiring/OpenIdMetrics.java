package dev.muster.server.wiring;

import dev.muster.authn.oidc.IssuerState;
import dev.muster.authn.oidc.OidcWatcher;
import dev.muster.core.identity.Outcome;
import dev.muster.http.call.Call;
import dev.muster.http.call.CallFailed;
import dev.muster.http.call.CallWatcher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What is counted of OpenID issuers and of calls to them, under Kubernetes' names where it has them. Issuers are told apart by the
 * hash of their URLs.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes metrics reference</a>
 */
final class OpenIdMetrics implements OidcWatcher, CallWatcher {

    private static final String PREFIX = "apiserver_authentication_jwt_authenticator_";

    /** Upper bounds, in seconds, as Kubernetes has them. */
    private static final double[] BOUNDS = {.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final String server;
    private final Map<String, OfIssuer> issuers = new ConcurrentHashMap<>();
    private final LongAdder[] calls = Stream.generate(LongAdder::new)
            .limit(CallFailed.Kind.values().length + 1)
            .toArray(LongAdder[]::new);

    /** @param server how this server is known to others */
    OpenIdMetrics(String server) {
        this.server = hash(server);
    }

    /** Latencies of one kind of result. */
    private static final class Histogram {
        final LongAdder[] buckets =
                Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);
        final LongAdder nanos = new LongAdder();

        void add(Duration took) {
            double seconds = took.toNanos() / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            buckets[bucket].increment();
            nanos.add(took.toNanos());
        }
    }

    private static final class OfIssuer {
        final Histogram success = new Histogram();
        final Histogram failure = new Histogram();
        final LongAdder fetched = new LongAdder();
        final LongAdder failed = new LongAdder();
    }

    private OfIssuer of(String issuer) {
        return issuers.computeIfAbsent(issuer, _ -> new OfIssuer());
    }

    @Override
    public void judged(String issuer, Outcome outcome, Duration took) {
        var one = of(issuer);
        (outcome instanceof Outcome.Accepted ? one.success : one.failure).add(took);
    }

    @Override
    public void fetched(String issuer, boolean well) {
        var one = of(issuer);
        (well ? one.fetched : one.failed).increment();
    }

    @Override
    public void ended(Call call, Optional<CallFailed.Kind> failure, Duration took) {
        calls[failure.map(kind -> kind.ordinal() + 1).orElse(0)].increment();
    }

    /** As lines; issuers that are no more are forgotten. */
    String text(List<IssuerState> states) {
        issuers.keySet().retainAll(states.stream().map(IssuerState::url).toList());
        var out = new StringBuilder();
        type(out, PREFIX + "latency_seconds", "histogram");
        for (IssuerState state : states) {
            var one = of(state.url());
            histogram(out, "failure", hash(state.url()), one.failure);
            histogram(out, "success", hash(state.url()), one.success);
        }
        type(out, PREFIX + "jwks_fetch_last_timestamp_seconds", "gauge");
        for (IssuerState state : states) {
            state.failed().ifPresent(when -> timestamp(out, "failure", state, when.toEpochMilli()));
            state.fetched().ifPresent(when -> timestamp(out, "success", state, when.toEpochMilli()));
        }
        type(out, PREFIX + "jwks_fetch_last_key_set_info", "gauge");
        for (IssuerState state : states) {
            if (!state.hash().isEmpty()) {
                out.append(PREFIX + "jwks_fetch_last_key_set_info{apiserver_id_hash=\"" + server + "\",hash=\"sha256:"
                        + state.hash() + "\",jwt_issuer_hash=\"" + hash(state.url()) + "\"} 1\n");
            }
        }
        ours(out, states);
        return out.toString();
    }

    private void ours(StringBuilder out, List<IssuerState> states) {
        type(out, "muster_jwks_fetches_total", "counter");
        for (IssuerState state : states) {
            var one = of(state.url());
            String labels = "\",jwt_issuer_hash=\"" + hash(state.url()) + "\"} ";
            out.append("muster_jwks_fetches_total{result=\"failure" + labels + one.failed.sum() + "\n");
            out.append("muster_jwks_fetches_total{result=\"success" + labels + one.fetched.sum() + "\n");
        }
        type(out, "muster_jwt_issuer_ready", "gauge");
        for (IssuerState state : states) {
            out.append("muster_jwt_issuer_ready{jwt_issuer_hash=\"" + hash(state.url()) + "\"} "
                    + (state.isReady() ? 1 : 0) + "\n");
        }
        type(out, "muster_outbound_calls_total", "counter");
        out.append("muster_outbound_calls_total{result=\"answered\"} " + calls[0].sum() + "\n");
        for (var kind : CallFailed.Kind.values()) {
            long sum = calls[kind.ordinal() + 1].sum();
            out.append("muster_outbound_calls_total{result=\"" + kind.name().toLowerCase(Locale.ROOT) + "\"} " + sum
                    + "\n");
        }
    }

    private void timestamp(StringBuilder out, String result, IssuerState state, long millis) {
        out.append(PREFIX + "jwks_fetch_last_timestamp_seconds{apiserver_id_hash=\"" + server + "\",jwt_issuer_hash=\""
                + hash(state.url()) + "\",result=\"" + result + "\"} " + millis / 1000.0 + "\n");
    }

    private static void histogram(StringBuilder out, String result, String issuer, Histogram histogram) {
        String labels = "{jwt_issuer_hash=\"" + issuer + "\",result=\"" + result + "\"";
        long sum = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            sum += histogram.buckets[i].sum();
            out.append(PREFIX + "latency_seconds_bucket" + labels + ",le=\"" + bound(BOUNDS[i]) + "\"} " + sum + "\n");
        }
        sum += histogram.buckets[BOUNDS.length].sum();
        out.append(PREFIX + "latency_seconds_bucket" + labels + ",le=\"+Inf\"} " + sum + "\n");
        out.append(PREFIX + "latency_seconds_sum" + labels + "} " + histogram.nanos.sum() / 1e9 + "\n");
        out.append(PREFIX + "latency_seconds_count" + labels + "} " + sum + "\n");
    }

    /** As Go writes it: labels are compared as text. */
    private static String bound(double seconds) {
        String text = Double.toString(seconds);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static void type(StringBuilder out, String name, String type) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** In the form of Kubernetes' labels. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

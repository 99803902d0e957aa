package dev.muster.apiserver.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is counted of requests, and its text form (Prometheus exposition format 0.0.4). Labels come from closed sets: nothing a
 * client sends makes a new one.
 */
public final class Counters {

    /** How an attempt to authenticate ended, in Kubernetes' words: failure is "nothing there", error is "refused". */
    public enum Authentication {
        SUCCESS,
        FAILURE,
        ERROR
    }

    /** How authorization ended: no opinion and denied are both 403. */
    public enum Authorization {
        ALLOWED,
        DENIED,
        NO_OPINION,
        ERROR
    }

    private static final String EMAIL = "email_id";
    private static final String OTHER = "other";
    private static final List<String> USERS = List.of(
            "admin", "client", "kube_proxy", "kubelet", "system:serviceaccount:kube-system:default", EMAIL, OTHER);

    private static final List<String> VERBS = List.of(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "proxy",
            "post",
            "put",
            "head",
            "options");

    private final LongAdder[] authentication = {new LongAdder(), new LongAdder(), new LongAdder()};
    private final Map<String, LongAdder> users = new LinkedHashMap<>();
    private final LongAdder[] authorization = {new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()};
    private final LongAdder[][] requests = new LongAdder[VERBS.size() + 1][600];
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> counts = new ConcurrentSkipListMap<>();

    private final List<Supplier<String>> blocks = new CopyOnWriteArrayList<>();

    public Counters() {
        USERS.forEach(name -> users.put(name, new LongAdder()));
    }

    /** An attempt that did not succeed. */
    void authentication(Authentication result) {
        authentication[result.ordinal()].increment();
    }

    /** Somebody was accepted; names are folded as Kubernetes folds them, so that there are only a few. */
    void authenticated(String name) {
        authentication[Authentication.SUCCESS.ordinal()].increment();
        var known = users.get(name);
        if (known == null) {
            known = users.get(name.indexOf('@') >= 0 ? EMAIL : OTHER);
        }
        known.increment();
    }

    void authorization(Authorization result) {
        authorization[result.ordinal()].increment();
    }

    void request(String verb, int status) {
        int row = VERBS.indexOf(verb);
        var column = requests[row < 0 ? VERBS.size() : row];
        int code = status >= 100 && status < 600 ? status : 0;
        var adder = column[code];
        if (adder == null) {
            synchronized (column) {
                adder = column[code];
                if (adder == null) {
                    adder = new LongAdder();
                    column[code] = adder;
                }
            }
        }
        adder.increment();
    }

    /**
     * Adds a value of its own kind, read when somebody asks.
     *
     * @param series the metric's name with its labels, if any: {@code name{label="x"}}
     */
    public void gauge(String series, LongSupplier value) {
        gauges.put(series, value);
    }

    /**
     * The same for a value that only rises.
     *
     * @param series its labels come from closed sets
     */
    public void count(String series, LongSupplier value) {
        counts.put(series, value);
    }

    /**
     * Adds series that come and go, read when somebody asks.
     *
     * @param lines whole lines of the exposition format, types included; labels come from configuration, never from clients
     */
    public void block(Supplier<String> lines) {
        blocks.add(lines);
    }

    /** Everything as text. */
    public String text() {
        var out = new StringBuilder(2048);
        type(out, "authentication_attempts", "counter");
        for (var result : Authentication.values()) {
            line(
                    out,
                    "authentication_attempts{result=\"" + result.name().toLowerCase(Locale.ROOT) + "\"}",
                    authentication[result.ordinal()].sum());
        }
        type(out, "authenticated_user_requests", "counter");
        users.forEach(
                (name, count) -> line(out, "authenticated_user_requests{username=\"" + name + "\"}", count.sum()));
        type(out, "authorization_attempts_total", "counter");
        for (var result : Authorization.values()) {
            line(
                    out,
                    "authorization_attempts_total{result=\""
                            + result.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\"}",
                    authorization[result.ordinal()].sum());
        }
        type(out, "apiserver_request_total", "counter");
        for (int row = 0; row < requests.length; row++) {
            String verb = row == VERBS.size() ? "other" : VERBS.get(row);
            for (int code = 0; code < 600; code++) {
                var adder = requests[row][code];
                if (adder != null) {
                    line(out, "apiserver_request_total{code=\"" + code + "\",verb=\"" + verb + "\"}", adder.sum());
                }
            }
        }
        all(out, "gauge", gauges);
        all(out, "counter", counts);
        blocks.forEach(lines -> out.append(lines.get()));
        return out.toString();
    }

    private static void all(StringBuilder out, String type, Map<String, LongSupplier> series) {
        var last = "";
        for (var one : new TreeMap<>(series).entrySet()) {
            int brace = one.getKey().indexOf('{');
            String name = brace < 0 ? one.getKey() : one.getKey().substring(0, brace);
            if (!name.equals(last)) {
                type(out, name, type);
                last = name;
            }
            line(out, one.getKey(), one.getValue().getAsLong());
        }
    }

    private static void type(StringBuilder out, String name, String type) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String series, long value) {
        out.append(series).append(' ').append(value).append('\n');
    }
}

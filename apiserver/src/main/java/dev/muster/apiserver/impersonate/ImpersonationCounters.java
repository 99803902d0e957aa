package dev.muster.apiserver.impersonate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** How often who was tried to be whom, under Kubernetes' names: no label of it comes from a client. */
public final class ImpersonationCounters {

    private static final List<String> MODES =
            List.of("associated-node", "arbitrary-node", "serviceaccount", "user-info", "legacy");

    private final Map<String, LongAdder> series = new TreeMap<>();

    ImpersonationCounters() {
        for (String mode : MODES) {
            series.put(attempts(mode, "allowed"), new LongAdder());
            series.put(asked(mode, "allowed"), new LongAdder());
            series.put(asked(mode, "denied"), new LongAdder());
        }
        series.put(attempts("none", "denied"), new LongAdder());
    }

    private static String attempts(String mode, String decision) {
        return "apiserver_impersonation_attempts_total{mode=\"" + mode + "\",decision=\"" + decision + "\"}";
    }

    private static String asked(String mode, String decision) {
        return "apiserver_impersonation_authorization_attempts_total{mode=\"" + mode + "\",decision=\"" + decision
                + "\"}";
    }

    /** Hands over every series with its value. */
    public void tell(BiConsumer<String, LongSupplier> registry) {
        series.forEach((name, value) -> registry.accept(name, value::sum));
    }

    void granted(String mode) {
        series.get(attempts(mode, "allowed")).increment();
    }

    /** No mode allowed it. */
    void refused() {
        series.get(attempts("none", "denied")).increment();
    }

    void asked(String mode, int allowed, int denied) {
        series.get(asked(mode, "allowed")).add(allowed);
        series.get(asked(mode, "denied")).add(denied);
    }
}

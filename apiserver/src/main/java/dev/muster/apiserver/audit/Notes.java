package dev.muster.apiserver.audit;

import java.util.Map;
import java.util.TreeMap;

/** The annotations of an event, those of authorization put into words when they are read. */
record Notes(Map<String, String> set, Verdict verdict) {

    private static final String DECISION = "authorization.k8s.io/decision";
    private static final String REASON = "authorization.k8s.io/reason";

    Map<String, String> all() {
        var all = new TreeMap<>(set);
        if (verdict.grounds() != null) {
            if (!verdict.decision().isEmpty()) {
                all.putIfAbsent(DECISION, verdict.decision());
            }
            all.putIfAbsent(REASON, verdict.grounds().text());
        }
        return all;
    }
}

package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.strategy.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is evicted first: by what a pod's containers request and limit of CPU and memory. */
final class QosClass {

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    static String of(JsonNode spec) {
        var requests = new HashMap<String, BigDecimal>();
        var limits = new HashMap<String, BigDecimal>();
        boolean allLimited = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                add(requests, container.path("resources").path("requests"));
                allLimited &= add(limits, container.path("resources").path("limits")) == COUNTED.size();
            }
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return "BestEffort";
        }
        return allLimited && same(requests, limits) ? "Guaranteed" : "Burstable";
    }

    /** How many were there. */
    private static int add(Map<String, BigDecimal> sums, JsonNode list) {
        int found = 0;
        for (String name : COUNTED) {
            BigDecimal amount = Quantity.parse(list.path(name).asText(""))
                    .map(Quantity::value)
                    .orElse(BigDecimal.ZERO);
            if (amount.signum() > 0) {
                sums.merge(name, amount, BigDecimal::add);
                found++;
            }
        }
        return found;
    }

    private static boolean same(Map<String, BigDecimal> requests, Map<String, BigDecimal> limits) {
        return requests.keySet().equals(limits.keySet())
                && requests.entrySet().stream().allMatch(r -> r.getValue().compareTo(limits.get(r.getKey())) == 0);
    }
}

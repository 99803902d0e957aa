package dev.muster.apiserver.pipeline;

import java.time.Duration;

/**
 * @param reading requests at once that only read ({@code --max-requests-inflight})
 * @param mutating requests at once that write ({@code --max-mutating-requests-inflight})
 * @param deadline the longest any but a long-running request may take ({@code --request-timeout})
 * @param addresses how many refusals one address may collect
 */
public record Limits(int reading, int mutating, Duration deadline, AddressLimit addresses) {

    /** Kubernetes' defaults. */
    public static Limits standard(AddressLimit addresses) {
        return new Limits(400, 200, Duration.ofSeconds(60), addresses);
    }
}

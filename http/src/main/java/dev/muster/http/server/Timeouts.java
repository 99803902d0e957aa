package dev.muster.http.server;

import java.time.Duration;

/**
 * How long the server waits for a stranger.
 *
 * @param handshake for TLS to be set up
 * @param head from the connection, or from the first byte of a request's head, to its last; kube-apiserver has 32 s
 * @param body for a request's whole body
 * @param answer for a handler to begin its answer: a net under handlers' own deadlines
 * @param reading without progress of the client in taking what is written for it; a watch with nothing to say is not stalled
 * @param idle without any request; kube-apiserver has 90 s
 */
public record Timeouts(
        Duration handshake, Duration head, Duration body, Duration answer, Duration reading, Duration idle) {

    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90));

    /** How often deadlines are looked at: often enough to be near the shortest, seldom enough to cost nothing. */
    Duration tick() {
        var shortest = head;
        for (var other : new Duration[] {body, answer, reading, idle}) {
            shortest = other.compareTo(shortest) < 0 ? other : shortest;
        }
        var tick = shortest.dividedBy(4);
        var floor = Duration.ofMillis(10);
        var ceiling = Duration.ofSeconds(1);
        return tick.compareTo(floor) < 0 ? floor : tick.compareTo(ceiling) > 0 ? ceiling : tick;
    }
}

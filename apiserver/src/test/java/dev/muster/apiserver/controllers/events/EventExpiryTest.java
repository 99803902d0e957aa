package dev.muster.apiserver.controllers.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.apiserver.testing.Api;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventExpiryTest {

    private static final String EVENTS = "/api/v1/namespaces/default/events";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private EventExpiry begin() {
        var type = Api.type("events");
        var expiry = new EventExpiry(api.resources.access(), type, api.clock);
        api.cache.feed(StorageKeys.prefix(type), expiry);
        return expiry;
    }

    private void make(String name, String lastTimestamp) {
        var made = api.post(EVENTS, """
                {"metadata":{"name":"%s"},"lastTimestamp":"%s",
                "involvedObject":{"kind":"Pod","namespace":"default","name":"p"}}""".formatted(name, lastTimestamp));
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
    }

    private boolean isThere(String name) {
        return api.get(EVENTS + "/" + name).code() == 200;
    }

    @Test
    void anEventLivesAnHourAfterItWasLastWrittenWhateverTimeItClaims() {
        var expiry = begin();
        make("old", "2999-01-01T00:00:00Z");
        make("again", "2001-01-01T00:00:00Z");
        api.clock.advance(Duration.ofMinutes(59));
        expiry.reconcile("all");
        assertThat(api.patch(EVENTS + "/again", "merge", "{\"count\":2}").code())
                .isEqualTo(200);
        api.clock.advance(Duration.ofMinutes(1));
        assertThat(expiry.reconcile("all")).contains(Duration.ofSeconds(30));
        assertThat(isThere("old")).isFalse();
        assertThat(isThere("again")).isTrue();
        api.clock.advance(Duration.ofMinutes(59));
        expiry.reconcile("all");
        assertThat(isThere("again")).isFalse();
    }

    @Test
    void afterARestartTheTimesInTheEventCountAsFarAsTheyAreNotInTheFuture() {
        make("future", "2999-01-01T00:00:00Z");
        make("past", "2026-03-01T11:00:00Z");
        api.clock.advance(Duration.ofMinutes(30));
        var expiry = begin();
        api.clock.advance(Duration.ofMinutes(29));
        expiry.reconcile("all");
        assertThat(isThere("future")).isTrue();
        api.clock.advance(Duration.ofMinutes(1));
        expiry.reconcile("all");
        assertThat(isThere("future")).isFalse();
        assertThat(isThere("past")).isFalse();
    }
}

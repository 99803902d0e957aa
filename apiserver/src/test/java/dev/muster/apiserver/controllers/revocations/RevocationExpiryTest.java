package dev.muster.apiserver.controllers.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevocationExpiryTest {

    private static final String REVOCATIONS = "/apis/identity.muster.dev/v1alpha1/revocations";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private RevocationExpiry expiry() {
        return new RevocationExpiry(
                api.resources.access(),
                Api.KINDS
                        .byResource("identity.muster.dev", "v1alpha1", "revocations")
                        .orElseThrow(),
                api.clock);
    }

    private void make(String name, String more) {
        var made = api.post(REVOCATIONS, """
                {"metadata":{"name":"%s"},"spec":{"token":{"id":"a"}%s}}""".formatted(name, more));
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
    }

    private void makeUntil(String name, Instant end) {
        make(name, ",\"expiresAt\":\"" + end + "\"");
    }

    private boolean isThere(String name) {
        return api.get(REVOCATIONS + "/" + name).code() == 200;
    }

    @Test
    void itGoesAMinuteAfterWhatItNamesHasExpiredAndNotBefore() {
        makeUntil("r", api.clock.instant().plusSeconds(600));
        assertThat(expiry().reconcile("r")).contains(Duration.ofSeconds(660).plusMillis(1));
        api.clock.advance(Duration.ofSeconds(660));
        assertThat(expiry().reconcile("r")).isPresent();
        assertThat(isThere("r")).isTrue();
        api.clock.advance(Duration.ofMillis(1));
        assertThat(expiry().reconcile("r")).isEmpty();
        assertThat(isThere("r")).isFalse();
        assertThat(expiry().reconcile("r")).isEmpty();
    }

    @Test
    void oneWithoutAnEndStays() {
        make("r", "");
        assertThat(expiry().reconcile("r")).isEmpty();
        assertThat(isThere("r")).isTrue();
    }

    @Test
    void aProcessThatWasKilledInTheMiddleLeavesTheRestToTheNext() {
        for (String name : new String[] {"a", "b", "c"}) {
            makeUntil(name, api.clock.instant().minusSeconds(61));
        }
        expiry().reconcile("a");
        var next = expiry();
        for (String name : new String[] {"a", "b", "c"}) {
            next.reconcile(name);
            assertThat(isThere(name)).isFalse();
        }
    }

    @Test
    void aLongWaitIsLookedAtNowAndThenSinceClocksJump() {
        makeUntil("r", api.clock.instant().plus(Duration.ofDays(365)));
        assertThat(expiry().reconcile("r")).contains(Duration.ofHours(1));
    }
}

package dev.muster.apiserver.controllers.tokencleaner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apiserver.testing.Api;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCleanerTest {

    private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
    private static final String NAME = "bootstrap-token-abcdef";

    private final Api api = new Api();
    private final TokenCleaner cleaner = new TokenCleaner(api.resources.access(), Api.KINDS, api.clock);

    @AfterEach
    void close() {
        api.close();
    }

    private void make(String type, String metadata, String data) {
        var made = api.post(SECRETS, """
                {"metadata":{"name":"%s"%s},"type":"%s","stringData":{"token-id":"abcdef"%s}}""".formatted(NAME, metadata, type, data));
        assertThat(made.code()).as(made.toString()).isEqualTo(201);
    }

    private void token(String expiration) {
        make("bootstrap.kubernetes.io/token", "", ",\"expiration\":\"" + expiration + "\"");
    }

    private boolean isThere() {
        return api.get(SECRETS + "/" + NAME).code() == 200;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00Z", "2001-01-01T00:00:00Z", "garbage", " ", "2999-01-01", "0"})
    void whatIsOverOrCannotBeReadIsDeleted(String expiration) {
        token(expiration);
        assertThat(cleaner.reconcile(NAME)).isEmpty();
        assertThat(isThere()).isFalse();
    }

    @Test
    void aTokenIsLookedAtAgainWhenItsTimeIsOver() {
        token("2026-03-01T12:00:30Z");
        assertThat(cleaner.reconcile(NAME)).contains(Duration.ofSeconds(30));
        assertThat(isThere()).isTrue();
        api.clock.advance(Duration.ofSeconds(30));
        assertThat(cleaner.reconcile(NAME)).isEmpty();
        assertThat(isThere()).isFalse();
    }

    @Test
    void aTokenOfLongLifeIsLookedAtEveryHour() {
        token("9999-12-31T23:59:59Z");
        assertThat(cleaner.reconcile(NAME)).contains(Duration.ofHours(1));
    }

    @Test
    void aTokenWithoutAnEndStays() {
        make("bootstrap.kubernetes.io/token", "", "");
        assertThat(cleaner.reconcile(NAME)).isEmpty();
        assertThat(isThere()).isTrue();
    }

    @Test
    void aSecretOfAnotherTypeIsNoneOfItsBusiness() {
        make("Opaque", "", ",\"expiration\":\"2001-01-01T00:00:00Z\"");
        assertThat(cleaner.reconcile(NAME)).isEmpty();
        assertThat(isThere()).isTrue();
    }

    @Test
    void aTokenThatAFinalizerHoldsIsAskedToGoOnce() {
        make(
                "bootstrap.kubernetes.io/token",
                ",\"finalizers\":[\"example.com/x\"]",
                ",\"expiration\":\"2001-01-01T00:00:00Z\"");
        cleaner.reconcile(NAME);
        String before = api.get(SECRETS + "/" + NAME).version();
        assertThat(api.get(SECRETS + "/" + NAME).text("/metadata/deletionTimestamp"))
                .isNotEmpty();
        assertThat(cleaner.reconcile(NAME)).isEmpty();
        assertThat(api.get(SECRETS + "/" + NAME).version()).isEqualTo(before);
    }

    @Test
    void whatIsGoneAlreadyIsNoTrouble() {
        assertThat(cleaner.reconcile(NAME)).isEmpty();
    }

    @Test
    void whoIsKilledAtTheDeletionConvergesInTheNextLife() {
        for (boolean deleted : new boolean[] {false, true}) {
            token("2001-01-01T00:00:00Z");
            var killed = new TokenCleaner(new Killed(api.resources.access(), deleted), Api.KINDS, api.clock);
            assertThatThrownBy(() -> killed.reconcile(NAME)).isInstanceOf(IllegalStateException.class);
            assertThat(isThere()).isNotEqualTo(deleted);
            assertThat(cleaner.reconcile(NAME)).isEmpty();
            assertThat(isThere()).isFalse();
        }
    }

    @Test
    void onlyTheSecretThatWasLookedAtIsDeleted() {
        token("2001-01-01T00:00:00Z");
        var stale = api.resources
                .access()
                .get(Api.type("secrets"), "kube-system", NAME)
                .orElseThrow();
        api.delete(SECRETS + "/" + NAME);
        token("2999-01-01T00:00:00Z");
        var raced = new TokenCleaner(new Stale(api.resources.access(), stale), Api.KINDS, api.clock);
        assertThat(raced.reconcile(NAME)).isEmpty();
        assertThat(isThere()).isTrue();
    }
}

package dev.muster.apiserver.controllers.legacytokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.apiserver.testing.Api.Answer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnusedTokensTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final String IN = "/api/v1/namespaces/default/";
    private static final String TRACKING = "/api/v1/namespaces/kube-system/configmaps/" + UseTracking.NAME;
    private static final String SINCE = "/metadata/labels/kubernetes.io~1legacy-token-invalid-since";

    private final Api api = new Api();
    private final UseTracking tracking = new UseTracking(api.resources.access(), Api.KINDS, api.clock);
    private final UnusedTokens cleaner = new UnusedTokens(api.resources.access(), Api.KINDS, api.clock, YEAR);

    /** An account of old, which lists its token, and use that is noted from today. */
    @BeforeEach
    void anAutomaticToken() {
        tracking.reconcile(UseTracking.KEY);
        account("robot", "{\"name\":\"robot-token\"}");
        secret("robot-token", "robot", "");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void account(String name, String secrets) {
        assertThat(api.post(
                                IN + "serviceaccounts",
                                "{\"metadata\":{\"name\":\"" + name + "\"},\"secrets\":[" + secrets + "]}")
                        .code())
                .isEqualTo(201);
    }

    private void secret(String name, String account, String labels) {
        assertThat(api.post(
                                IN + "secrets",
                                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels
                                        + "},\"annotations\":{\"kubernetes.io/service-account.name\":\"" + account
                                        + "\"}},\"type\":\"kubernetes.io/service-account-token\"}")
                        .code())
                .isEqualTo(201);
    }

    private Answer token() {
        return api.get(IN + "secrets/robot-token");
    }

    private void sweep() {
        assertThat(cleaner.reconcile("all")).contains(Duration.ofHours(24));
    }

    private void label(String key, String value) {
        assertThat(api.patch(
                                IN + "secrets/robot-token",
                                "merge",
                                "{\"metadata\":{\"labels\":{\"kubernetes.io/" + key + "\":" + value + "}}}")
                        .code())
                .isEqualTo(200);
    }

    private String day(int fromNow) {
        return LocalDate.ofInstant(api.clock.instant(), ZoneOffset.UTC)
                .plusDays(fromNow)
                .toString();
    }

    @Test
    void afterAYearWithoutUseItIsTakenBackAndAfterAnotherDeleted() {
        api.clock.advance(YEAR.plusDays(2));
        sweep();
        assertThat(token().text(SINCE)).isEqualTo(day(0));
        api.clock.advance(YEAR);
        sweep();
        assertThat(token().code()).as("a year to the day is not yet over").isEqualTo(200);
        api.clock.advance(Duration.ofDays(1));
        sweep();
        assertThat(token().code()).isEqualTo(404);
    }

    @Test
    void nothingHappensBeforeUseWasNotedForAWholeYear() {
        api.clock.advance(YEAR.minusDays(1));
        sweep();
        assertThat(token().text(SINCE)).isEmpty();
    }

    @Test
    void whoRemovesTheLabelGivesItBackAndItsUseKeepsIt() {
        api.clock.advance(YEAR.plusDays(2));
        sweep();
        label("legacy-token-invalid-since", "null");
        label("legacy-token-last-used", "\"" + day(0) + "\"");
        api.clock.advance(YEAR.minusDays(1));
        sweep();
        assertThat(token().text(SINCE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-364, true", "-365, true", "-366, false", "-3000, false"})
    void useWithinAYearKeepsIt(int days, boolean kept) {
        api.clock.advance(YEAR.multipliedBy(2));
        label("legacy-token-last-used", "\"" + day(days) + "\"");
        sweep();
        assertThat(token().text(SINCE).isEmpty()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2020-13-01", "2020-1-1", "20200101", "-2020-01-01", ""})
    void aLastUseThatCannotBeReadKeepsIt(String day) {
        api.clock.advance(YEAR.multipliedBy(2));
        // No such day is a label's value, but storage may be older than rules.
        if (api.patch(
                                IN + "secrets/robot-token",
                                "merge",
                                "{\"metadata\":{\"labels\":{\"kubernetes.io/legacy-token-last-used\":\"" + day
                                        + "\"}}}")
                        .code()
                == 200) {
            sweep();
        }
        assertThat(token().text(SINCE)).isEmpty();
    }

    @Test
    void aTokenMadeByHandStays() {
        secret("by-hand", "robot", "");
        api.clock.advance(YEAR.multipliedBy(3));
        sweep();
        assertThat(api.get(IN + "secrets/by-hand").text(SINCE)).isEmpty();
        assertThat(token().text(SINCE)).isNotEmpty();
    }

    @Test
    void aTokenThatAPodMountsStays() {
        api.post(
                IN + "pods",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],"
                        + "\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"robot-token\"}}]}}");
        api.clock.advance(YEAR.multipliedBy(3));
        sweep();
        assertThat(token().text(SINCE)).isEmpty();
        api.delete(IN + "pods/p?gracePeriodSeconds=0");
        sweep();
        assertThat(token().text(SINCE)).isNotEmpty();
    }

    @Test
    void aYoungTokenStays() {
        api.clock.advance(YEAR.multipliedBy(3));
        account("late", "{\"name\":\"late-token\"}");
        secret("late-token", "late", "");
        api.clock.advance(YEAR.minusDays(1));
        sweep();
        assertThat(api.get(IN + "secrets/late-token").text(SINCE)).isEmpty();
    }

    @Test
    void aLabelThatIsNoDayIsWrittenAnew() {
        label("legacy-token-invalid-since", "\"long-ago\"");
        api.clock.advance(YEAR.plusDays(2));
        sweep();
        assertThat(token().text(SINCE)).isEqualTo(day(0));
    }

    @Test
    void withoutTheDaySinceWhenUseIsNotedNothingHappens() {
        api.delete(TRACKING);
        api.clock.advance(YEAR.multipliedBy(3));
        sweep();
        assertThat(token().text(SINCE)).isEmpty();
    }

    @Test
    void theDayIsKeptAndWrittenAnewWhereItIsNone() {
        String first = api.get(TRACKING).text("/data/since");
        assertThat(first).isEqualTo(day(0));
        api.clock.advance(Duration.ofDays(10));
        tracking.reconcile(UseTracking.KEY);
        assertThat(api.get(TRACKING).text("/data/since")).isEqualTo(first);
        for (String broken : new String[] {"{\"data\":{\"since\":\"then\"}}", "{\"data\":null}"}) {
            api.patch(TRACKING, "merge", broken);
            tracking.reconcile(UseTracking.KEY);
            assertThat(api.get(TRACKING).text("/data/since")).isEqualTo(day(0));
        }
        api.delete(TRACKING);
        tracking.reconcile("kube-system/other");
        assertThat(api.get(TRACKING).code()).isEqualTo(404);
        tracking.reconcile(UseTracking.KEY);
        assertThat(api.get(TRACKING).text("/data/since")).isEqualTo(day(0));
    }
}

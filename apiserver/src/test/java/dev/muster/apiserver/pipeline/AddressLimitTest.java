package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.clock.ManualClock;
import dev.muster.testkit.http.FakeExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many bad credentials an address may try. */
class AddressLimitTest {

    private final ManualClock clock = new ManualClock();
    private final AddressLimit limit = new AddressLimit(5, 10, clock, 7);
    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private static InetSocketAddress address(String text) {
        try {
            return new InetSocketAddress(InetAddress.getByName(text), 1234);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void refuse(String from, int times) {
        for (int i = 0; i < times; i++) {
            limit.refused(address(from));
        }
    }

    @Test
    void anAddressIsSpentAfterItsBurstAndRecoversWithTime() {
        refuse("192.0.2.1", 4);
        assertThat(limit.isSpent(address("192.0.2.1"))).isFalse();
        refuse("192.0.2.1", 1);
        assertThat(limit.isSpent(address("192.0.2.1"))).isTrue();
        assertThat(limit.isSpent(address("192.0.2.2"))).isFalse();
        clock.set(clock.instant().plus(Duration.ofMillis(300)));
        assertThat(limit.isSpent(address("192.0.2.1"))).isFalse();
    }

    @Test
    void whatIsOwedIsBoundedHoweverManyAreRefused() {
        refuse("192.0.2.1", 100_000);
        clock.set(clock.instant().plus(Duration.ofMinutes(30)));
        assertThat(limit.isSpent(address("192.0.2.1"))).isFalse();
    }

    @Test
    void aNetworkOfIpv6CountsAsOne() {
        refuse("2001:db8::1", 5);
        assertThat(limit.isSpent(address("2001:db8::ffff:1"))).isTrue();
        assertThat(limit.isSpent(address("2001:db8:0:1::1"))).isFalse();
    }

    @Test
    void aClockThatGoesBackSetsNobodyFreeAndBreaksNothing() {
        refuse("192.0.2.1", 5);
        clock.set(ManualClock.START.minus(Duration.ofDays(1)));
        assertThat(limit.isSpent(address("192.0.2.1"))).isTrue();
    }

    @Test
    void aBurstOfZeroIsNoLimit() {
        var none = new AddressLimit(0, 0, clock, 7);
        none.refused(address("192.0.2.1"));
        assertThat(none.isSpent(address("192.0.2.1"))).isFalse();
    }

    @Test
    void onlyBadCredentialsCountAndTheSpentAreTurnedAwayBeforeAuthentication() {
        front.limits = new Limits(10, 10, Duration.ofSeconds(1), limit);
        var pipeline = front.pipeline();
        for (int i = 0; i < 20; i++) {
            pipeline.handle(FakeExchange.get("/api/v1/pods"));
            pipeline.handle(Front.as(FakeExchange.get("/api/v1/pods"), "jane"));
        }
        var fine = Front.as(FakeExchange.get("/api/v1/pods"), "jane");
        pipeline.handle(fine);
        assertThat(fine.status()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            pipeline.handle(Front.as(FakeExchange.get("/api/v1/pods"), "bad"));
        }
        var turnedAway = Front.as(FakeExchange.get("/api/v1/pods"), "jane");
        pipeline.handle(turnedAway);
        assertThat(turnedAway.status()).isEqualTo(429);
        assertThat(turnedAway.closesConnection()).isTrue();
        assertThat(turnedAway.responseHeader("audit-id")).hasSize(1);
    }
}

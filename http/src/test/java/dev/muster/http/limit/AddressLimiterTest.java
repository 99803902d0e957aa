package dev.muster.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressLimiterTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000); // a clock that is about to wrap
    private final AddressLimiter limiter = limiter(new AddressLimiter.Settings(10, 5, 160, false));

    private AddressLimiter limiter(AddressLimiter.Settings settings) {
        return new AddressLimiter(settings, now::get);
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private int taken(AddressLimiter from, String address) {
        int taken = 0;
        while (taken < 1000 && from.take(address(address)).isEmpty()) {
            taken++;
        }
        return taken;
    }

    @Test
    void aBurstIsLetThroughAndThenWhatComesBack() {
        assertThat(taken(limiter, "192.0.2.1")).isEqualTo(5);
        now.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(taken(limiter, "192.0.2.1")).isEqualTo(2);
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(taken(limiter, "192.0.2.1")).isEqualTo(5);
    }

    @Test
    void whoMustWaitIsToldHowLong() {
        taken(limiter, "192.0.2.1");
        assertThat(limiter.take(address("192.0.2.1")).orElseThrow())
                .isBetween(
                        Duration.ofMillis(99).toNanos(), Duration.ofMillis(101).toNanos());
        assertThat(limiter.secondsToWait(address("192.0.2.1"))).isEqualTo(1);
        assertThat(limiter.secondsToWait(address("192.0.2.2"))).isZero();
        assertThat(taken(limiter(new AddressLimiter.Settings(0.1, 1, 100, false)), "192.0.2.1"))
                .isEqualTo(1);
        var slow = limiter(new AddressLimiter.Settings(0.1, 1, 100, false));
        taken(slow, "192.0.2.1");
        assertThat(slow.secondsToWait(address("192.0.2.1"))).isEqualTo(10);
    }

    @Test
    void addressesDoNotShare() {
        assertThat(taken(limiter, "192.0.2.1")).isEqualTo(5);
        assertThat(taken(limiter, "192.0.2.2")).isEqualTo(5);
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        assertThat(taken(limiter, "2001:db8:0:1::1")).isEqualTo(5);
        assertThat(taken(limiter, "2001:db8:0:1:ffff::2")).isZero();
        assertThat(taken(limiter, "2001:db8:0:2::1")).isEqualTo(5);
    }

    @Test
    void mappedIpv4IsIpv4() {
        assertThat(taken(limiter, "192.0.2.1")).isEqualTo(5);
        assertThat(taken(limiter, "::ffff:192.0.2.1")).isZero();
    }

    @Test
    void anIpv4AddressAndAnIpv6NetworkAreNeverTheSame() throws Exception {
        var v4 = AddressKey.of(address("0.0.0.1"));
        var v6 = AddressKey.of(address("0:0:0:1::1"));
        assertThat(v4.bits()).isEqualTo(v6.bits());
        assertThat(v4).isNotEqualTo(v6);
    }

    @Test
    void loopbackIsCountedOnlyWhenAskedFor() {
        assertThat(taken(limiter, "127.0.0.1")).isEqualTo(1000);
        assertThat(taken(limiter, "::1")).isEqualTo(1000);
        var strict = limiter(new AddressLimiter.Settings(10, 5, 100, true));
        assertThat(taken(strict, "127.0.0.1")).isEqualTo(5);
    }

    @Test
    void aMillionStrangersFillTheTableAndNoMore() {
        for (int i = 0; i < 1_000_000; i++) {
            limiter.take(address("10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }
        assertThat(limiter.size()).isLessThanOrEqualTo(160);
    }

    @Test
    void whoIsBusyStaysInTheTable() {
        taken(limiter, "192.0.2.1");
        for (int i = 0; i < 2000; i++) {
            limiter.take(address("10.0." + (i >> 8) + "." + (i & 255)));
            assertThat(limiter.take(address("192.0.2.1"))).isPresent();
        }
    }
}

package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptGuardTest {

    private final AcceptGuard guard = new AcceptGuard(10, 3);
    private final EmbeddedChannel listening = new EmbeddedChannel(guard);

    /** An accepted connection from there. */
    private static final class From extends EmbeddedChannel {
        private final String address;

        From(String address) {
            this.address = address;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(java.net.InetAddress.ofLiteral(address), 1);
        }
    }

    private boolean admitted(EmbeddedChannel channel) {
        listening.writeInbound(channel);
        return listening.readInbound() == channel;
    }

    @Test
    void oneAddressHasOnlySoMany() {
        var open = new ArrayList<From>();
        for (int i = 0; i < 3; i++) {
            open.add(new From("192.0.2.1"));
            assertThat(admitted(open.getLast())).isTrue();
        }
        assertThat(admitted(new From("192.0.2.1"))).isFalse();
        assertThat(admitted(new From("192.0.2.2"))).isTrue();
        open.getFirst().close();
        open.getFirst().runPendingTasks();
        assertThat(admitted(new From("192.0.2.1"))).isTrue();
    }

    @Test
    void oneIpv6NetworkIsOneAddress() {
        for (String address : List.of("2001:db8::1", "2001:db8::2", "2001:db8::3")) {
            assertThat(admitted(new From(address))).isTrue();
        }
        assertThat(admitted(new From("2001:db8::ffff:4"))).isFalse();
        assertThat(admitted(new From("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void allTogetherHaveOnlySoMany() {
        for (int i = 0; i < 10; i++) {
            assertThat(admitted(new From("127.0.0.1")))
                    .as("loopback is counted in all only")
                    .isTrue();
        }
        assertThat(admitted(new From("127.0.0.1"))).isFalse();
        assertThat(admitted(new From("192.0.2.1"))).isFalse();
        assertThat(guard.open()).isEqualTo(10);
    }

    @Test
    void whoIsTurnedAwayIsNotCounted() {
        for (int i = 0; i < 100; i++) {
            admitted(new From("192.0.2.1"));
        }
        assertThat(guard.open()).isEqualTo(3);
    }
}

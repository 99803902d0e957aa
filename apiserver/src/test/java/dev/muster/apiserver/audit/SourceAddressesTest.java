package dev.muster.apiserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From where: what was claimed first, what is certain last. */
class SourceAddressesTest {

    private static final InetAddress PEER = InetAddress.ofLiteral("10.0.0.9");

    record Row(String forwarded, String real, List<String> expected) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row("", "", List.of("10.0.0.9")),
                new Row("1.2.3.4", "", List.of("1.2.3.4", "10.0.0.9")),
                new Row("1.2.3.4, 5.6.7.8", "", List.of("1.2.3.4", "5.6.7.8", "10.0.0.9")),
                new Row("1.2.3.4,10.0.0.9", "", List.of("1.2.3.4", "10.0.0.9")),
                new Row("10.0.0.9,1.2.3.4", "", List.of("10.0.0.9", "1.2.3.4", "10.0.0.9")),
                new Row("1.2.3.4", "1.2.3.4", List.of("1.2.3.4", "10.0.0.9")),
                new Row("", "4.4.4.4", List.of("4.4.4.4", "10.0.0.9")),
                new Row("unknown, localhost, 1.2.3, 999.1.1.1, 1.2.3.4:80", "nobody", List.of("10.0.0.9")),
                new Row("010.020.030.040", "", List.of("10.20.30.40", "10.0.0.9")),
                new Row("2001:0DB8:0:0:0:0:0:1", "::1", List.of("2001:db8::1", "::1", "10.0.0.9")),
                new Row("::ffff:1.2.3.4,fe80::1%eth0,[::1]", "", List.of("1.2.3.4", "10.0.0.9")),
                new Row("1:0:0:2:0:0:0:3", "::", List.of("1:0:0:2::3", "::", "10.0.0.9")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addressesAreListedAsKubernetesListsThem(Row row) {
        assertThat(SourceAddresses.of(row.forwarded(), row.real(), PEER)).isEqualTo(row.expected());
    }

    @Test
    void aLongListKeepsItsNearEnd() {
        var many = new String[10_000];
        Arrays.fill(many, "1.1.1.1");
        var all = SourceAddresses.of(String.join(",", many), "", PEER);
        assertThat(all).hasSize(32).endsWith("1.1.1.1", "10.0.0.9");
    }
}

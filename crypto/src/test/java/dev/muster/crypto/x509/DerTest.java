package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerTest {

    private static Der over(String hex) {
        return Der.over(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "'',an element that breaks off",
        "02,an element that breaks off",
        "0202 01,a length beyond the end",
        "3080 0000,a length that cannot be read",
        "0281 01 05,a length longer than it needs to be",
        "0282 0001 05,a length longer than it needs to be",
        "0285 0000000001 05,a length that cannot be read",
        "0284 ffffffff 05,a length beyond the end",
        "0284 7fffffff 05,a length beyond the end",
        "1f8101 00,a tag of several bytes"
    })
    void whatIsNotDerIsRefused(String hex, String why) {
        assertThatThrownBy(() -> over(hex.replace(" ", "")).next())
                .isInstanceOf(MalformedDer.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @CsvSource({"020100,0", "02017f,127", "02020080,128", "020180,-128", "0201ff,-1"})
    void integersAreReadInTwosComplement(String hex, String value) throws MalformedDer {
        assertThat(over(hex).next().integer()).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({"0200", "02020001", "0202ff80", "030100"})
    void integersAreMinimal(String hex) {
        assertThatThrownBy(() -> over(hex).next().integer()).isInstanceOf(MalformedDer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0603550403,2.5.4.3",
        "06092a864886f70d01010b,1.2.840.113549.1.1.11",
        "06092b0601040183c25302,1.3.6.1.4.1.57683.2",
        "0603883703,2.999.3",
        "06012a,1.2",
        "060178,2.40"
    })
    void objectIdentifiersAreDotted(String hex, String dotted) throws MalformedDer {
        assertThat(over(hex.replace(" ", "")).next().oid()).isEqualTo(dotted);
    }

    @ParameterizedTest
    @CsvSource({"0600", "0602 5580", "0603 558003", "060b ffffffffffffffffffff7f"})
    void crookedObjectIdentifiersAreRefused(String hex) {
        assertThatThrownBy(() -> over(hex.replace(" ", "")).next().oid()).isInstanceOf(MalformedDer.class);
    }

    @Test
    void randomBytesAreReadOrRefusedAndNothingElse() {
        var random = new Random(1);
        int refused = 0;
        int read = 0;
        for (int i = 0; i < 50_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = new byte[] {1, 2, 3, 4, 6, 0x30, 0x31}[random.nextInt(7)];
                bytes[1] = (byte) (bytes.length - 2);
            }
            try {
                walk(Der.over(bytes), 0);
                read++;
            } catch (MalformedDer e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(read).isGreaterThan(1000);
    }

    private static void walk(Der der, int depth) throws MalformedDer {
        while (der.more()) {
            var element = der.next();
            switch (element.tag()) {
                case Der.INTEGER -> assertThat(element.integer()).isNotNull();
                case Der.OID -> assertThat(element.oid()).isNotEmpty();
                case Der.BOOLEAN -> element.bool();
                case Der.BIT_STRING -> element.bits();
                case Der.SEQUENCE, Der.SET -> walk(element.inside(), depth + 1);
                default -> assertThat(element.whole().length).isGreaterThan(element.length());
            }
        }
    }
}

package dev.muster.server.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.strategy.identity.RevocationStrategy;
import dev.muster.crypto.x509.PublicKeyHash;
import dev.muster.testkit.certs.TestCa;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command writes. */
class TargetTest {

    private static final TestCa CA = TestCa.root("ca");

    private static void isValid(Target target) {
        assertThat(new RevocationStrategy().validate(ApiObject.of(target.object("lost"))))
                .isEmpty();
    }

    @Test
    void aCertificateIsNamedByItsKeyAndByItsIssuersKeyWithItsNumber() {
        var john = CA.client("john").certificate();
        var target = Target.certificate(john, List.of(TestCa.root("ca").certificate(), CA.certificate()));
        var named = target.spec().path("certificate");
        assertThat(named.path("publicKeyHash").asText()).isEqualTo(PublicKeyHash.of(john.getPublicKey()));
        assertThat(named.path("issuerKeyHash").asText())
                .isEqualTo(PublicKeyHash.of(CA.certificate().getPublicKey()));
        assertThat(named.path("serialNumber").asText())
                .isEqualTo(john.getSerialNumber().toString(16));
        assertThat(target.spec().path("subject").asText()).isEqualTo("john");
        isValid(target);
    }

    @Test
    void itLastsAsLongAsItsIssuerCouldCertifyTheKeyAgain() {
        var target = Target.certificate(CA.client("john").certificate(), List.of(CA.certificate()));
        assertThat(Instant.parse(target.spec().path("expiresAt").asText()))
                .isEqualTo(CA.certificate().getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aCertificateOfAnUnknownIssuerIsNamedByItsKeyForEver() {
        var target = Target.certificate(CA.client("john").certificate(), List.of());
        assertThat(target.spec().path("certificate").has("serialNumber")).isFalse();
        assertThat(target.spec().has("expiresAt")).isFalse();
        assertThat(target.sentence()).contains("its issuer is not known here");
        isValid(target);
    }

    @Test
    void aPersonLosesWhatWasIssuedInThisVerySecondToo() {
        var target = Target.user("john", "7", Instant.parse("2026-01-01T00:00:00.700Z"));
        assertThat(target.spec().path("user").path("issuedBefore").asText()).isEqualTo("2026-01-01T00:00:01Z");
        isValid(target);
        isValid(Target.user("john", "", Instant.EPOCH));
        isValid(Target.token("abc"));
        isValid(Target.session("abc"));
    }
}

package dev.muster.authn.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.revocable.Malleated;
import dev.muster.core.certificate.ClientCertificate;
import dev.muster.core.certificate.Use;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.PublicKeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is noted of the use of certificates. */
class LedgerTest {

    private final Visits visits = new Visits();

    private ClientCertificate only() {
        assertThat(visits.ledger.all()).hasSize(1);
        return visits.ledger.all().getFirst();
    }

    private Instant last() {
        return only().use().span().orElseThrow().last();
    }

    @Test
    void anAcceptedCertificateIsKnownByWhatItSays() {
        var leaf = visits.certificate("john", "developers");
        visits.open(leaf, "192.0.2.1").request();
        var known = only();
        assertThat(known.issue().user()).isEqualTo(User.of("john", "developers"));
        assertThat(known.issue().serial()).isEqualTo(leaf.getSerialNumber());
        assertThat(known.issue().issuer()).isEqualTo("CN=ca");
        assertThat(known.issue().keys().own()).isEqualTo(PublicKeyHash.of(leaf.getPublicKey()));
        assertThat(known.issue().keys().issuer())
                .isEqualTo(PublicKeyHash.of(visits.ca.certificate().getPublicKey()));
        assertThat(known.issue().until()).isEqualTo(leaf.getNotAfter().toInstant());
        assertThat(known.use().addresses()).extracting(Use.Address::address).containsExactly("192.0.2.1");
        assertThat(known.use().isShared()).isFalse();
        assertThat(visits.ledger.find(known.id())).contains(known);
    }

    @Test
    void whatWasAcceptedByATokenIsNoUseOfTheConnectionsCertificate() {
        var leaf = visits.certificate("john");
        visits.ledger.used(new Accepted(User.of("jane")), new PeerChain(List.of(leaf)), Visits.at("192.0.2.1"));
        assertThat(visits.ledger.all()).isEmpty();
    }

    @Test
    void aFrontProxysCertificateIsItsOwnWhomeverItSpeaksOf() {
        var leaf = visits.certificate("front-proxy");
        var proof =
                new Proof(Optional.empty(), Optional.empty(), List.of(leaf, visits.ca.certificate())).by("front-proxy");
        var jane = new Accepted(User.of("jane", "system:masters"), Audiences.UNSPECIFIED, List.of(), proof);
        visits.ledger.used(jane, new PeerChain(List.of(leaf)), Visits.at("192.0.2.1"));
        assertThat(only().issue().user()).isEqualTo(User.of("front-proxy"));
    }

    @Test
    void theLastUseIsRightToTheSecondHoweverLongTheConnectionLasts() {
        var open = visits.open(visits.certificate("john"), "192.0.2.1").request();
        visits.pass(Duration.ofHours(5));
        open.request().request();
        assertThat(last()).isEqualTo(visits.clock.instant());
        assertThat(only().use().span().orElseThrow().first())
                .isEqualTo(visits.clock.instant().minus(Duration.ofHours(5)));
    }

    @Test
    void withinASecondNothingIsNotedAgain() {
        var open = visits.open(visits.certificate("john"), "192.0.2.1").request();
        long before = visits.ledger.revision();
        for (int i = 0; i < 1000; i++) {
            open.request();
        }
        assertThat(visits.ledger.revision()).isEqualTo(before);
    }

    @Test
    void aWatchIsAUseAsLongAsItGoesOn() {
        var end = visits.open(visits.certificate("john"), "192.0.2.1").request().watch();
        visits.clock.advance(Duration.ofMinutes(10));
        visits.ledger.sweep();
        assertThat(last()).isEqualTo(visits.clock.instant());
        visits.pass(Duration.ofSeconds(20));
        end.run();
        end.run();
        var ended = visits.clock.instant();
        assertThat(last()).isEqualTo(ended);
        visits.clock.advance(Duration.ofMinutes(10));
        visits.ledger.sweep();
        assertThat(last()).as("it is over").isEqualTo(ended);
    }

    @Test
    void ofTwoWatchesOneGoesOn() {
        var open = visits.open(visits.certificate("john"), "192.0.2.1");
        var one = open.watch();
        open.watch();
        one.run();
        one.run();
        visits.clock.advance(Duration.ofMinutes(10));
        visits.ledger.sweep();
        assertThat(last()).isEqualTo(visits.clock.instant());
    }

    @Test
    void twoAddressesAreSharing() {
        var leaf = visits.certificate("john");
        visits.open(leaf, "192.0.2.1").request();
        visits.open(leaf, "192.0.2.2").request();
        assertThat(only().use().isShared()).isTrue();
        assertThat(only().use().addressCount()).isEqualTo(2);
        assertThat(only().use().together()).as("who moves is not in two places").isEmpty();
    }

    @Test
    void inTurnsWithinAMinuteIsTwoPlacesAtOnce() {
        var leaf = visits.certificate("john");
        var here = visits.open(leaf, "192.0.2.1").request();
        visits.pass(Duration.ofSeconds(20));
        visits.open(leaf, "192.0.2.2").request();
        visits.pass(Duration.ofSeconds(20));
        here.request();
        assertThat(only().use().together()).contains(visits.clock.instant());
    }

    @Test
    void whoGoesOutAndComesBackIsNotInTwoPlaces() {
        var leaf = visits.certificate("john");
        var home = visits.open(leaf, "192.0.2.1").request();
        visits.pass(Duration.ofHours(1));
        visits.open(leaf, "192.0.2.2").request();
        visits.pass(Duration.ofSeconds(30));
        home.request();
        assertThat(only().use().together()).isEmpty();
    }

    @Test
    void anIpv6NetworkIsOnePlace() {
        var leaf = visits.certificate("john");
        visits.open(leaf, "2001:db8:0:1::1").request();
        visits.open(leaf, "2001:db8:0:1:dead:beef::2").request();
        visits.open(leaf, "::1").request();
        assertThat(only().use().addresses())
                .extracting(Use.Address::address)
                .containsExactly("::1", "2001:db8:0:1::/64");
    }

    @Test
    void manyAddressesAreEstimatedAndTheLatestKept() {
        var leaf = visits.certificate("john");
        for (int i = 0; i < 200; i++) {
            visits.open(leaf, "198.51.100." + i).request();
            visits.pass(Duration.ofSeconds(1));
        }
        var use = only().use();
        assertThat(use.addressCount()).isBetween(170L, 230L);
        assertThat(use.addresses()).hasSize(Places.KEPT);
        assertThat(use.addresses().getFirst().address()).isEqualTo("198.51.100.199");
    }

    @Test
    void aReencodedSignatureIsNoOtherCertificate() throws Exception {
        var leaf = visits.certificate("john");
        visits.open(leaf, "192.0.2.1").request();
        visits.open(Malleated.signatureOf(leaf), "192.0.2.2").request();
        assertThat(only().use().addressCount()).isEqualTo(2);
    }

    @Test
    void theSameNumberOfTwoCertificatesDoesNotMakeThemOne() {
        visits.open(visits.certificate("john", "a"), "192.0.2.1").request();
        visits.open(visits.certificate("john", "b"), "192.0.2.1").request();
        assertThat(visits.ledger.all()).hasSize(2);
    }

    @Test
    void whatWasIssuedAndNotUsedIsThereAndBecomesWhatIsUsed() {
        var leaf = visits.certificate("john");
        visits.ledger.issued(leaf, User.of("john"));
        assertThat(only().use().span()).isEmpty();
        assertThat(only().issue().keys().issuer()).isEmpty();
        visits.open(leaf, "192.0.2.1").request();
        assertThat(only().use().span()).isPresent();
        assertThat(only().issue().keys().issuer()).isNotEmpty();
        visits.ledger.issued(leaf, User.of("john"));
        assertThat(only().use().span()).as("told late").isPresent();
    }

    @Test
    void whatHasEndedIsKeptForAWeek() {
        visits.open(visits.certificate("john"), "192.0.2.1").request();
        visits.clock.advance(Duration.ofDays(36));
        visits.ledger.sweep();
        assertThat(visits.ledger.all()).hasSize(1);
        visits.clock.advance(Duration.ofDays(2));
        visits.ledger.sweep();
        assertThat(visits.ledger.all()).isEmpty();
    }

    @Test
    void ofTooManyThoseStayThatWereUsedLast() {
        var few = new Visits(4, _ -> Optional.empty());
        var first = few.open(few.certificate("first"), "192.0.2.1").request();
        for (int i = 0; i < 20; i++) {
            few.pass(Duration.ofSeconds(1));
            few.open(few.certificate("c" + i), "192.0.2.1").request();
        }
        assertThat(few.ledger.all()).as("between two sweeps").hasSizeLessThanOrEqualTo(5);
        first.request();
        few.ledger.sweep();
        assertThat(few.ledger.all()).hasSize(4);
        few.pass(Duration.ofSeconds(1));
        few.open(few.certificate("new"), "192.0.2.1").request();
        assertThat(few.ledger.all()).as("there is room again").hasSize(5);
    }

    @Test
    void aConnectionWhoseCertificateFellOutBringsItBack() {
        var few = new Visits(1, _ -> Optional.empty());
        var one = few.open(few.certificate("one"), "192.0.2.1").request();
        few.pass(Duration.ofSeconds(1));
        few.open(few.certificate("two"), "192.0.2.1").request();
        few.ledger.sweep();
        few.pass(Duration.ofSeconds(5));
        one.request();
        assertThat(few.ledger.all())
                .anyMatch(known -> known.use().span().orElseThrow().last().equals(few.clock.instant()));
    }

    @Test
    void itSaysWhatTakesACertificateBack() {
        var taken = new Visits(10, issue -> Optional.of("r-" + issue.user().name()));
        taken.open(taken.certificate("john"), "192.0.2.1").request();
        assertThat(taken.ledger.all().getFirst().revocation()).contains("r-john");
    }
}

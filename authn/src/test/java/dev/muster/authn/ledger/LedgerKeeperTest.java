package dev.muster.authn.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.User;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.HeapStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What of the ledger outlives the server. */
class LedgerKeeperTest {

    private static final Key PREFIX = Key.of("/muster/certificates/");

    private final Visits visits = new Visits();
    private final HeapStore store = new HeapStore();
    private final LedgerKeeper keeper = new LedgerKeeper(store, visits.ledger);

    /** What a server that starts now would say. */
    private Ledger restarted(Store from) {
        var ledger = new Ledger(1000, visits.clock, _ -> Optional.empty());
        new LedgerKeeper(from, ledger).load();
        return ledger;
    }

    @Test
    void whatWasWrittenIsReadAsItWas() {
        var leaf = visits.certificate("john", "developers");
        for (int i = 0; i < 40; i++) {
            visits.open(leaf, "198.51.100." + i % 30).request();
            visits.open(leaf, "2001:db8:0:" + i + "::1").request();
            visits.pass(Duration.ofSeconds(7));
        }
        visits.ledger.issued(visits.certificate("never"), User.of("never"));
        keeper.flush();
        assertThat(restarted(store).all()).containsExactlyElementsOf(visits.ledger.all());
    }

    @Test
    void aServerThatIsKilledForgetsWhatItHadNotWritten() {
        var leaf = visits.certificate("john");
        var open = visits.open(leaf, "192.0.2.1").request();
        keeper.flush();
        var written = visits.clock.instant();
        visits.pass(Duration.ofSeconds(29));
        open.request();
        assertThat(restarted(store).all().getFirst().use().span().orElseThrow().last())
                .isEqualTo(written);
    }

    @Test
    void manyUsesAreFewWrites() {
        for (int i = 0; i < 50; i++) {
            visits.open(visits.certificate("c" + i), "192.0.2.1").request();
        }
        keeper.flush();
        long first = store.revision().value();
        assertThat(first).isLessThanOrEqualTo(50);
        keeper.flush();
        assertThat(store.revision().value()).as("nothing new, nothing written").isEqualTo(first);
    }

    @Test
    void twoServersLoseNothingOfEachOther() {
        var leaf = visits.certificate("john");
        visits.open(leaf, "192.0.2.1").request();
        var other = new Ledger(1000, visits.clock, _ -> Optional.empty());
        var otherKeeper = new LedgerKeeper(store, other);
        other.used(
                Visits.accepted("john", List.of(leaf, visits.ca.certificate())),
                new PeerChain(List.of(leaf)),
                Visits.at("192.0.2.2"));
        keeper.flush();
        otherKeeper.flush();
        assertThat(other.all().getFirst().use().addressCount()).isEqualTo(2);
        assertThat(restarted(store).all().getFirst().use().addressCount()).isEqualTo(2);
    }

    @Test
    void whatIsForgottenIsNotStoredEither() {
        visits.open(visits.certificate("john"), "192.0.2.1").request();
        keeper.flush();
        visits.clock.advance(Duration.ofDays(60));
        keeper.flush();
        assertThat(((Listing.Page) store.list(PREFIX, Optional.empty(), Revision.NONE, 0)).entries())
                .isEmpty();
    }

    @Test
    void whatIsDamagedIsLeftOutAndWrittenOver() {
        var random = new Random(1);
        for (int i = 0; i < 40; i++) {
            visits.open(visits.certificate("c" + i), "192.0.2.1").request();
        }
        keeper.flush();
        int spoiled = 0;
        for (Entry entry : ((Listing.Page) store.list(PREFIX, Optional.empty(), Revision.NONE, 0)).entries()) {
            byte[] bytes = entry.value().clone();
            switch (spoiled++ % 4) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 2 -> bytes = "{\"a\":[null]}".getBytes(StandardCharsets.UTF_8);
                default -> bytes = "[{\"id\":\"../../etc/passwd00\"},7]".getBytes(StandardCharsets.UTF_8);
            }
            store.write(new Mutation.Put(entry.key(), bytes, entry.modified()));
        }
        var ledger = new Ledger(1000, visits.clock, _ -> Optional.empty());
        var again = new LedgerKeeper(store, ledger);
        again.load();
        for (int i = 0; i < 40; i++) {
            ledger.issued(visits.certificate("d" + i), User.of("d" + i));
        }
        again.flush();
        assertThat(restarted(store).all()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void aStoreThatTakesNothingIsAskedAgain() {
        var full = new Failing();
        var late = new LedgerKeeper(full, visits.ledger);
        visits.open(visits.certificate("john"), "192.0.2.1").request();
        late.flush();
        full.broken = false;
        late.flush();
        assertThat(restarted(full).all()).hasSize(1);
    }

    /** A store on a disk that is full, for a while. */
    private static final class Failing implements Store {
        private final Store inner = new HeapStore();
        private boolean broken = true;

        @Override
        public Optional<Entry> get(Key key) {
            return inner.get(key);
        }

        @Override
        public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
            if (broken) {
                throw new StoreException("broken");
            }
            return inner.list(prefix, after, at, limit);
        }

        @Override
        public Write write(Mutation mutation) {
            return broken ? new Write.Rejected("disk full") : inner.write(mutation);
        }

        @Override
        public Watch watch(Key prefix, Revision after) {
            return inner.watch(prefix, after);
        }

        @Override
        public Revision revision() {
            return inner.revision();
        }

        @Override
        public void compact(Revision before) {
            inner.compact(before);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}

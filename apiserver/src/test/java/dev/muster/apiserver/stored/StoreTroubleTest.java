package dev.muster.apiserver.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.HeapStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller hears when the store cannot do what it should. */
class StoreTroubleTest {

    private static final class Troubled implements Store {
        private final Store inner = new HeapStore();
        private volatile Function<Mutation, Optional<Write>> trouble = _ -> Optional.empty();

        @Override
        public Optional<Entry> get(Key key) {
            return inner.get(key);
        }

        @Override
        public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
            return inner.list(prefix, after, at, limit);
        }

        @Override
        public Write write(Mutation mutation) {
            return trouble.apply(mutation).orElseGet(() -> inner.write(mutation));
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

    private final Troubled store = new Troubled();
    private final Api api = new Api(store);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aWriteOfUnknownFateIs504AndSaysSo() {
        store.trouble = _ -> Optional.of(new Write.Unknown(new IOException("secret internals")));
        var answer = api.configMap("a", "1");
        assertThat(answer.code()).isEqualTo(504);
        assertThat(answer.reason()).isEqualTo("Timeout");
        assertThat(answer.message())
                .contains("may or may not have been carried out")
                .doesNotContain("internals");
    }

    @Test
    void aWriteTheStoreRefusesIsAnInternalError() {
        store.trouble = _ -> Optional.of(new Write.Rejected("the disk is full"));
        var answer = api.configMap("a", "1");
        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.reason()).isEqualTo("InternalError");
        assertThat(answer.message()).contains("the disk is full");
    }

    @Test
    void othersWhoAreAlwaysQuickerMakeAPatchAConflict() {
        api.configMap("a", "1");
        store.trouble = mutation -> Optional.of(new Write.Conflict(Optional.empty()));
        var answer = api.patch("/api/v1/namespaces/default/configmaps/a", "merge", "{\"data\":{\"k\":\"2\"}}");
        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.message()).contains("the object has been modified");
        assertThat(api.delete("/api/v1/namespaces/default/configmaps/a").code()).isEqualTo(409);
    }

    @Test
    void anotherWhoIsQuickerOnceMakesNoDifference() {
        api.configMap("a", "1");
        var once = new java.util.concurrent.atomic.AtomicBoolean(true);
        store.trouble = mutation -> {
            if (once.getAndSet(false)) {
                api.patch("/api/v1/namespaces/default/configmaps/a", "merge", "{\"data\":{\"other\":\"x\"}}");
                return Optional.of(new Write.Conflict(Optional.empty()));
            }
            return Optional.empty();
        };
        var answer = api.patch("/api/v1/namespaces/default/configmaps/a", "merge", "{\"data\":{\"k\":\"2\"}}");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text("/data/k")).isEqualTo("2");
        assertThat(answer.text("/data/other")).isEqualTo("x");
    }

    @Test
    void generatedNamesThatAreAlwaysTakenAreAConflict() {
        store.trouble = mutation -> Optional.of(new Write.Conflict(Optional.empty()));
        var answer = api.post("/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"generateName\":\"g-\"}}");
        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("AlreadyExists");
        assertThat(answer.message()).contains("the server was not able to generate a unique name");
    }
}

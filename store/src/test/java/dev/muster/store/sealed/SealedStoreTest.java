package dev.muster.store.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import dev.muster.crypto.seal.EncryptionConfiguration;
import dev.muster.crypto.seal.Sealer;
import dev.muster.testkit.store.HeapStore;
import dev.muster.testkit.store.StoreConformance;
import dev.muster.testkit.store.Watching;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sealed store is a store like any other, and what lies under it is sealed. */
final class SealedStoreTest extends StoreConformance {

    private static final String SECRET_A = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SECRET_B = Base64.getEncoder().encodeToString(new byte[16]);
    private static final Map<String, Object> A = Map.of("name", "a", "secret", SECRET_A);
    private static final Map<String, Object> B = Map.of("name", "b", "secret", SECRET_B);

    private final HeapStore inner = new HeapStore();

    @Override
    protected Store open() {
        return new SealedStore(new HeapStore(), _ -> true, sealer(A));
    }

    private static Sealer sealer(Object... keys) {
        return sealerOf(List.of(Map.of("aesgcm", Map.of("keys", List.of(keys)))));
    }

    private static Sealer sealerOf(List<?> providers) {
        Map<String, Object> document = Map.of(
                "apiVersion", "apiserver.config.k8s.io/v1",
                "kind", "EncryptionConfiguration",
                "resources", List.of(Map.of("resources", List.of("secrets"), "providers", providers)));
        var parsed = EncryptionConfiguration.parse(document, new SecureRandom());
        return ((EncryptionConfiguration.Parsed.Valid) parsed)
                .configuration()
                .sealer("", "secrets")
                .orElseThrow();
    }

    private SealedStore secrets(Sealer sealer) {
        return new SealedStore(inner, key -> key.path().startsWith("/registry/secrets/"), sealer);
    }

    private static Revision put(Store store, String key, String value, Revision expected) {
        Write write = store.write(new Mutation.Put(Key.of(key), value.getBytes(StandardCharsets.UTF_8), expected));
        assertThat(write).isInstanceOf(Write.Done.class);
        return ((Write.Done) write).revision();
    }

    private static String text(Optional<Entry> entry) {
        return new String(entry.orElseThrow().value(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void onlyWhatIsToBeSealedIsSealed() {
        SealedStore store = secrets(sealer(A));
        put(store, "/registry/secrets/x", "hidden", Revision.NONE);
        put(store, "/registry/configmaps/x", "open", Revision.NONE);
        assertThat(text(inner.get(Key.of("/registry/secrets/x"))))
                .startsWith("k8s:enc:aesgcm:v1:a:")
                .doesNotContain("hidden");
        assertThat(text(inner.get(Key.of("/registry/configmaps/x")))).isEqualTo("open");
        assertThat(text(store.get(Key.of("/registry/secrets/x")))).isEqualTo("hidden");
    }

    @Test
    void listsConflictsAndEventsAreOpened() {
        SealedStore store = secrets(sealer(A));
        Revision one = put(store, "/registry/secrets/x", "1", Revision.NONE);
        Revision two = put(store, "/registry/secrets/x", "2", one);
        var page = (Listing.Page) store.list(Key.of("/registry/"), Optional.empty(), one, 0);
        assertThat(text(Optional.of(page.entries().getFirst()))).isEqualTo("1");
        Write conflict = store.write(new Mutation.Delete(Key.of("/registry/secrets/x"), one));
        assertThat(text(((Write.Conflict) conflict).actual())).isEqualTo("2");
        try (Watch watch = store.watch(Key.of("/registry/"), one)) {
            Event event = Watching.until(watch, two).getFirst();
            assertThat(text(event.before())).isEqualTo("1");
            assertThat(text(event.now())).isEqualTo("2");
        }
    }

    @Test
    void aValueSwappedWithAnotherIsRefused() {
        SealedStore store = secrets(sealer(A));
        put(store, "/registry/secrets/mine", "mine", Revision.NONE);
        Revision yours = put(store, "/registry/secrets/yours", "yours", Revision.NONE);
        byte[] mine = inner.get(Key.of("/registry/secrets/mine")).orElseThrow().value();
        inner.write(new Mutation.Put(Key.of("/registry/secrets/yours"), mine, yours));
        assertThatThrownBy(() -> store.get(Key.of("/registry/secrets/yours"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.list(Key.of("/registry/"), Optional.empty(), Revision.NONE, 0))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aWatchThatMeetsWhatItCannotOpenEnds() {
        SealedStore store = secrets(sealer(A));
        put(inner, "/registry/secrets/x", "plain, put there by somebody", Revision.NONE);
        try (Watch watch = store.watch(Key.of("/registry/"), Revision.NONE)) {
            assertThatThrownBy(() -> Watching.end(watch)).isInstanceOf(StoreException.class);
            assertThat(Watching.end(watch)).isInstanceOf(Watch.Signal.Ended.class);
        }
    }

    @Test
    void aMissingKeyIsAnErrorThatNamesIt() {
        put(secrets(sealer(A)), "/registry/secrets/x", "1", Revision.NONE);
        assertThatThrownBy(() -> secrets(sealer(B)).get(Key.of("/registry/secrets/x")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("key a");
    }

    @Test
    void resealingMovesAllValuesToTheFirstKeySoThatTheOldOneMayGo() {
        SealedStore before = secrets(sealer(A));
        for (int i = 0; i < 1200; i++) {
            put(before, "/registry/secrets/" + i, "value " + i, Revision.NONE);
        }
        put(before, "/registry/other", "untouched", Revision.NONE);
        Sealer both = sealer(B, A);
        SealedStore rotating = secrets(both);
        Sealer fresh = sealer(B);
        assertThat(rotating.reseal(Key.of("/"), (_, stored) -> both.isCurrent(stored)))
                .isEqualTo(1200);
        assertThat(rotating.reseal(Key.of("/"), (_, stored) -> both.isCurrent(stored)))
                .isZero();
        assertThat(text(secrets(fresh).get(Key.of("/registry/secrets/7")))).isEqualTo("value 7");
        assertThat(text(inner.get(Key.of("/registry/other")))).isEqualTo("untouched");
    }

    @Test
    void sealingCanBeSwitchedOnForWhatWasPlain() {
        put(inner, "/registry/secrets/x", "once plain", Revision.NONE);
        Sealer sealer = sealerOf(List.of(Map.of("aesgcm", Map.of("keys", List.of(A))), Map.of("identity", Map.of())));
        SealedStore store = secrets(sealer);
        assertThat(text(store.get(Key.of("/registry/secrets/x")))).isEqualTo("once plain");
        assertThat(store.reseal(Key.of("/"), (_, stored) -> sealer.isCurrent(stored)))
                .isEqualTo(1);
        assertThat(text(inner.get(Key.of("/registry/secrets/x")))).startsWith("k8s:enc:");
        assertThat(text(store.get(Key.of("/registry/secrets/x")))).isEqualTo("once plain");
    }
}

package dev.muster.apiserver.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.codec.Json;
import dev.muster.apiserver.testing.Api;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCodecTest {

    private static final Key KEY = Key.of("/registry/core/configmaps/default/a");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theVersionIsNotKeptAndComesFromTheEntry() {
        var tree = Json.parseObject(
                        bytes(
                                "{\"data\":{},\"metadata\":{\"resourceVersion\":\"1\",\"name\":\"a\"},\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}"))
                .value();
        byte[] kept = ObjectCodec.encode(tree);
        assertThat(new String(kept, StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{}}");
        var object = new ObjectCodec().apply(new Entry(KEY, kept, Revision.of(1), Revision.of(7)));
        assertThat(object.resourceVersion()).isEqualTo("7");
        assertThat(new String(object.json(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"},"
                                + "\"data\":{}}");
        assertThat(tree.at("/metadata/resourceVersion").asText())
                .as("the tree given is not changed")
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{"})
    void whatIsNoObjectIsSaidWithItsKey(String value) {
        assertThatThrownBy(() -> new ObjectCodec().apply(new Entry(KEY, bytes(value), Revision.of(1), Revision.of(1))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(KEY.path());
    }

    @Test
    void keysAreOfGroupPluralNamespaceAndName() {
        var roles =
                Api.KINDS.byResource("rbac.authorization.k8s.io", "v1", "roles").orElseThrow();
        assertThat(StorageKeys.key(Api.type("configmaps"), "default", "a"))
                .contains(Key.of("/registry/core/configmaps/default/a"));
        assertThat(StorageKeys.key(Api.type("nodes"), "", "n")).contains(Key.of("/registry/core/nodes/n"));
        assertThat(StorageKeys.key(roles, "default", "system:x"))
                .contains(Key.of("/registry/rbac.authorization.k8s.io/roles/default/system:x"));
        assertThat(StorageKeys.prefix(roles, "")).contains(Key.of("/registry/rbac.authorization.k8s.io/roles/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a%2fb", "a\0b"})
    void namesThatWouldLeaveTheirPlaceHaveNoKey(String name) {
        assertThat(StorageKeys.key(Api.type("configmaps"), "default", name)).isEmpty();
        assertThat(StorageKeys.key(Api.type("configmaps"), name, "a")).isEmpty();
    }
}

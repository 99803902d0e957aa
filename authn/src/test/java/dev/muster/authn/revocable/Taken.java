package dev.muster.authn.revocable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Slot;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.crypto.x509.PublicKeyHash;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is taken back, as the cache would tell of it. */
final class Taken {

    final Revocations revocations = new Revocations();
    private final Map<Key, ApiObject> present = new LinkedHashMap<>();
    private long revision;

    Taken certificate(String name, PublicKey issuer, BigInteger serial) {
        return put(
                name,
                spec -> spec.putObject("certificate")
                        .put("issuerKeyHash", PublicKeyHash.of(issuer))
                        .put("serialNumber", serial.toString(16)));
    }

    Taken publicKey(String name, PublicKey key) {
        return put(name, spec -> spec.putObject("certificate").put("publicKeyHash", PublicKeyHash.of(key)));
    }

    Taken token(String name, String id) {
        return put(name, spec -> spec.putObject("token").put("id", id));
    }

    Taken person(String name, String user, String uid, Instant before) {
        return put(name, spec -> {
            var person = spec.putObject("user").put("name", user).put("issuedBefore", before.toString());
            if (!uid.isEmpty()) {
                person.put("uid", uid);
            }
        });
    }

    Taken put(String name, Consumer<ObjectNode> fill) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata").put("name", name);
        fill.accept(tree.putObject("spec"));
        return apply(key(name), Optional.of(ApiObject.of(tree)));
    }

    Taken delete(String name) {
        return apply(key(name), Optional.empty());
    }

    /** As when the cache had to list everything again. */
    Taken reset(String... kept) {
        present.keySet().retainAll(List.of(kept).stream().map(Taken::key).toList());
        var items = new ArrayList<Cached<ApiObject>>();
        present.forEach((key, object) -> items.add(new Cached<>(key, object, Revision.of(revision))));
        revocations.reset(new Snapshot<>(items, Revision.of(revision)));
        return this;
    }

    private static Key key(String name) {
        return Key.of("/registry/identity.muster.dev/revocations/" + name);
    }

    private Taken apply(Key key, Optional<ApiObject> object) {
        var at = Revision.of(++revision);
        var before = Optional.ofNullable(present.get(key)).map(old -> new Cached<>(key, old, at));
        object.ifPresentOrElse(one -> present.put(key, one), () -> present.remove(key));
        revocations.apply(List.of(new Told(key, object.map(one -> new Cached<>(key, one, at)), before, at)), at);
        return this;
    }

    private record Told(Key key, Optional<Cached<ApiObject>> now, Optional<Cached<ApiObject>> before, Revision revision)
            implements Change<ApiObject> {
        @Override
        public <R> R derived(Slot<R> slot, Function<Change<ApiObject>, R> compute) {
            return compute.apply(this);
        }
    }
}

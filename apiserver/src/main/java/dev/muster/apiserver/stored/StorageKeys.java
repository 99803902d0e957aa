package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.core.store.Key;
import java.util.Optional;

/** Where objects live in the store. */
public final class StorageKeys {

    /** Everything that is an API object. */
    public static final Key ROOT = Key.of("/registry/");

    private StorageKeys() {}

    /** All objects of a resource; ends in a slash. */
    public static Key prefix(ResourceType type) {
        String group = type.gvk().group();
        return Key.of(ROOT.path() + (group.isEmpty() ? "core" : group) + "/" + type.plural() + "/");
    }

    /**
     * The objects of a resource in one namespace.
     *
     * @param namespace empty = all; ignored where objects have none
     */
    public static Optional<Key> prefix(ResourceType type, String namespace) {
        Key all = prefix(type);
        if (!type.namespaced() || namespace.isEmpty()) {
            return Optional.of(all);
        }
        return isSegment(namespace) ? Optional.of(Key.of(all.path() + namespace + "/")) : Optional.empty();
    }

    /** One object; empty for names that no object can have. */
    public static Optional<Key> key(ResourceType type, String namespace, String name) {
        if (!isSegment(name) || type.namespaced() && namespace.isEmpty()) {
            return Optional.empty();
        }
        return prefix(type, namespace).map(prefix -> Key.of(prefix.path() + name));
    }

    /** Kubernetes' rule for path segments, and no NUL. */
    private static boolean isSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('%') < 0
                && name.indexOf('\0') < 0;
    }
}

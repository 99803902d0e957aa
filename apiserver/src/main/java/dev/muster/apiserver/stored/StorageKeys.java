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
        return Key.of(folder(type));
    }

    /**
     * The objects of a resource in one namespace.
     *
     * @param namespace empty = all; ignored where objects have none
     */
    public static Optional<Key> prefix(ResourceType type, String namespace) {
        if (!type.namespaced() || namespace.isEmpty()) {
            return Optional.of(prefix(type));
        }
        return isSegment(namespace) ? Optional.of(Key.of(folder(type) + namespace + "/")) : Optional.empty();
    }

    /** One object; empty for names that no object can have. */
    public static Optional<Key> key(ResourceType type, String namespace, String name) {
        if (!isSegment(name) || type.namespaced() && !isSegment(namespace)) {
            return Optional.empty();
        }
        String folder = folder(type);
        return Optional.of(Key.of(type.namespaced() ? folder + namespace + "/" + name : folder + name));
    }

    private static String folder(ResourceType type) {
        String group = type.gvk().group();
        return ROOT.path() + (group.isEmpty() ? "core" : group) + "/" + type.plural() + "/";
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

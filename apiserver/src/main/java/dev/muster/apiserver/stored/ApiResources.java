package dev.muster.apiserver.stored;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.strategy.Strategies;
import dev.muster.api.strategy.Strategy;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import dev.muster.apiserver.admission.AdmissionPlugins;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.apiserver.certificates.SigningRequestStrategy;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.stored.StoredObjects.View;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;

/**
 * Everything that is kept, as resources.
 *
 * <pre>{@code
 * Cache<ApiObject> cache = new WatchCache<>(store, StorageKeys.ROOT, new ObjectCodec(), ...);
 * var api = ApiResources.stored(kinds, store, cache, clock, random, gates);
 * new Resources(concat(api.resources(), reviews));
 * new Controllers(api, kinds, cache, clock);
 * }</pre>
 */
public final class ApiResources {

    private final Shared shared;
    private final Map<ResourceType, StoredObjects> byType = new LinkedHashMap<>();
    private final List<Resource> resources = new ArrayList<>();

    private ApiResources(Kinds kinds, Shared shared) {
        this.shared = shared;
        for (ResourceType type : kinds.all()) {
            if (type.stored()) {
                var objects = new StoredObjects(shared, type, strategy(type));
                byType.put(type, objects);
                add(objects);
            }
        }
    }

    /**
     * All stored kinds.
     *
     * @param cache of everything below {@link StorageKeys#ROOT}, decoded by an {@link ObjectCodec}
     * @param random for uids and generated names; unpredictable
     * @param gates what every write has to pass
     */
    public static ApiResources stored(
            Kinds kinds,
            Store store,
            Cache<ApiObject> cache,
            InstantSource clock,
            RandomGenerator random,
            Gates gates) {
        var backend = new Backend(store, cache);
        List<Admission> admission = gates.plugins()
                .chain((plural, namespace, name) -> kinds.byResource("", "v1", plural)
                        .flatMap(type -> StorageKeys.key(type, namespace, name))
                        .flatMap(backend::read)
                        .map(Cached::value));
        var system = new SystemFields(clock, random);
        return new ApiResources(kinds, new Shared(backend, system, admission, gates.guards(), new Shared.Turns()));
    }

    /**
     * What every write has to pass.
     *
     * @param guards asked for every write of a caller, in order
     * @param plugins asked for every write, the program's own too
     */
    public record Gates(List<WriteGuard> guards, AdmissionPlugins plugins) {}

    /** In the order of the kinds, each followed by its sub-resources. */
    public List<Resource> resources() {
        return List.copyOf(resources);
    }

    /** One more check of every write, after the others; to be given before anything is served. */
    public void admitBy(Admission step) {
        shared.admission().add(step);
    }

    /** Asks every check, for what is made and not stored: tokens. */
    public void admit(Admission.Attempt attempt) {
        shared.admit(attempt);
    }

    /** The way in for the program's own parts. */
    public ObjectAccess access() {
        return new DirectAccess(Map.copyOf(byType));
    }

    /**
     * To be held, by who removes a namespace, from the last look at its content until it is gone: nothing is made in it
     * meanwhile.
     */
    public Lock removing(String namespace) {
        return shared.turns().namespaces().removing(namespace);
    }

    private Strategy strategy(ResourceType type) {
        return type.qualifiedName().equals(SigningRequest.RESOURCE)
                ? new SigningRequestStrategy(shared.system().clock())
                : Strategies.of(type);
    }

    private void add(StoredObjects objects) {
        switch (objects.type().qualifiedName()) {
            case "namespaces" -> {
                resources.add(new StoredResource(objects));
                resources.add(new NamespaceFinalize(objects));
                resources.add(new StoredSubresource(objects, View.STATUS));
            }
            case "nodes", "pods" -> {
                resources.add(new StoredResource.Collected(objects));
                resources.add(new StoredSubresource(objects, View.STATUS));
            }
            case SigningRequest.RESOURCE -> {
                resources.add(new StoredResource.Collected(objects));
                resources.add(new StoredSubresource(objects, View.APPROVAL));
                resources.add(new StoredSubresource(objects, View.STATUS));
            }
            default -> resources.add(new StoredResource.Collected(objects));
        }
    }
}

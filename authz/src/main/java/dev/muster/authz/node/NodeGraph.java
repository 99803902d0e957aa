package dev.muster.authz.node;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.pod.PodReferences;
import dev.muster.authz.node.Relation.Kind;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which objects the pods on each node lead to. Every way leads from an object over one pod to one node, so the graph is kept as the
 * set of its ends: how many pods connect an object with a node. Fed with pods alone; asked by any number of threads.
 */
public final class NodeGraph implements Cache.Index<ApiObject> {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** What each pod brought, so that exactly that goes with it; touched by the feed's thread alone. */
    private Map<Key, Set<Relation>> byPod = new HashMap<>();

    private volatile ConcurrentHashMap<Relation, Integer> pods = new ConcurrentHashMap<>();

    /** Whether a pod on the node leads to the object. One look-up. */
    boolean leads(Relation relation) {
        return pods.containsKey(relation);
    }

    @Override
    public void reset(Cache.Snapshot<ApiObject> all) {
        var fresh = new ConcurrentHashMap<Relation, Integer>();
        var brought = new HashMap<Key, Set<Relation>>();
        for (var one : all.items()) {
            var relations = relations(one.value());
            if (!relations.isEmpty()) {
                brought.put(one.key(), relations);
                relations.forEach(relation -> fresh.merge(relation, 1, Integer::sum));
            }
        }
        byPod = brought;
        pods = fresh;
    }

    @Override
    public void apply(List<Cache.Change<ApiObject>> changes, Revision revision) {
        for (var change : changes) {
            Set<Relation> now = change.now().map(pod -> relations(pod.value())).orElse(Set.of());
            Set<Relation> before = now.isEmpty() ? byPod.remove(change.key()) : byPod.put(change.key(), now);
            replace(before == null ? Set.of() : before, now);
        }
    }

    /** New ways first: what stays is never gone for a moment. */
    private void replace(Set<Relation> before, Set<Relation> now) {
        if (before.equals(now)) {
            return;
        }
        now.forEach(relation -> pods.merge(relation, 1, Integer::sum));
        before.forEach(relation -> pods.computeIfPresent(relation, (_, count) -> count == 1 ? null : count - 1));
    }

    private static Set<Relation> relations(ApiObject pod) {
        String node = pod.tree().path("spec").path("nodeName").asText("");
        if (node.isEmpty()) {
            return Set.of();
        }
        var all = new HashSet<Relation>();
        String namespace = pod.namespace();
        all.add(new Relation(Kind.POD, namespace, pod.name(), node));
        // A node makes mirror pods itself: none may open a way to anything. NodeRestriction refuses those that would.
        if (pod.annotations().containsKey(MIRROR)) {
            return all;
        }
        var references = PodReferences.of(pod);
        if (!references.account().isEmpty()) {
            all.add(new Relation(Kind.SERVICE_ACCOUNT, namespace, references.account(), node));
        }
        references.secrets().forEach(name -> all.add(new Relation(Kind.SECRET, namespace, name, node)));
        references.configMaps().forEach(name -> all.add(new Relation(Kind.CONFIG_MAP, namespace, name, node)));
        references.volumeClaims().forEach(name -> all.add(new Relation(Kind.VOLUME_CLAIM, namespace, name, node)));
        references.resourceClaims().forEach(name -> all.add(new Relation(Kind.RESOURCE_CLAIM, namespace, name, node)));
        return all;
    }
}

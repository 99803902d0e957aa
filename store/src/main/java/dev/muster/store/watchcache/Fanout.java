package dev.muster.store.watchcache;

import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who is told of which change. Prefixes that end in a slash, that is nearly all, are found by looking up the change's
 * parents, so that a change costs those who hear of it and no others. Guarded by the cache's lock.
 */
final class Fanout<T> {

    private final Map<String, List<Subscriber<T>>> byFolder = new HashMap<>();
    private final List<Subscriber<T>> others = new ArrayList<>();
    private int count;

    void add(Subscriber<T> subscriber) {
        String path = subscriber.prefix().path();
        var list = path.endsWith("/") ? byFolder.computeIfAbsent(path, _ -> new ArrayList<>()) : others;
        list.add(subscriber);
        count++;
    }

    int count() {
        return count;
    }

    void tell(Change<T> change) {
        String path = change.key().path();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            each(byFolder.get(path.substring(0, slash + 1)), subscriber -> subscriber.tell(change));
        }
        each(others, subscriber -> subscriber.tell(change));
    }

    void progress(Revision revision) {
        all(subscriber -> subscriber.progress(revision));
    }

    /** Tells all that there will be no more, and forgets them. */
    void lost(String why) {
        all(subscriber -> subscriber.lost(why));
        sweep();
    }

    /** Forgets those that were closed. */
    void sweep() {
        byFolder.values().forEach(list -> list.removeIf(Subscriber::closed));
        byFolder.values().removeIf(List::isEmpty);
        others.removeIf(Subscriber::closed);
        count = others.size() + byFolder.values().stream().mapToInt(List::size).sum();
    }

    private void all(Consumer<Subscriber<T>> told) {
        List.copyOf(byFolder.values()).forEach(list -> each(list, told));
        each(others, told);
    }

    /** By index, since a listener may open another watch from within its call: that one is added at the end. */
    private static <T> void each(List<Subscriber<T>> list, Consumer<Subscriber<T>> told) {
        int present = list == null ? 0 : list.size();
        for (int i = 0; i < present; i++) {
            told.accept(list.get(i));
        }
    }
}

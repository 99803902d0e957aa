package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A listener that rebuilds the state from what it hears, and notes whatever should not have been said. */
class Recorder implements Cache.Listener<String> {

    final TreeMap<Key, String> state = new TreeMap<>();
    final List<String> heard = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    private Revision last;
    private String lost = "";

    Recorder(Cache.Snapshot<String> start, Key prefix) {
        last = start.revision();
        start.items().stream()
                .filter(item -> item.key().startsWith(prefix))
                .forEach(item -> state.put(item.key(), item.value()));
    }

    Recorder(Revision start) {
        last = start;
    }

    @Override
    public synchronized void changed(Cache.Change<String> change) {
        if (!change.revision().isAfter(last)) {
            faults.add("revision " + change.revision() + " after " + last);
        }
        last = change.revision();
        String before = change.before().map(Cache.Cached::value).orElse(null);
        String known = state.get(change.key());
        if (before == null ? known != null : !before.equals(known)) {
            faults.add(change.key() + " was " + known + ", is told to have been " + before);
        }
        heard.add(change.key() + " " + before + "->"
                + change.now().map(Cache.Cached::value).orElse(null));
        change.now().ifPresentOrElse(now -> state.put(change.key(), now.value()), () -> state.remove(change.key()));
    }

    @Override
    public synchronized void progress(Revision revision) {
        if (last.isAfter(revision)) {
            faults.add("progress " + revision + " after " + last);
        }
        last = revision;
    }

    @Override
    public synchronized void lost(String why) {
        lost = why;
    }

    synchronized Revision last() {
        return last;
    }

    synchronized String lost() {
        return lost;
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }
}

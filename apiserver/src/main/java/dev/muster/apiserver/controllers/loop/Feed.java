package dev.muster.apiserver.controllers.loop;

import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Index;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.List;

/** Names to a loop everything below a prefix that is there, and then everything that changes: by what follows the prefix. */
public record Feed<T>(Key prefix, Loop loop) implements Index<T> {

    @Override
    public void reset(Snapshot<T> all) {
        all.items().forEach(one -> add(one.key(), all.revision()));
    }

    @Override
    public void apply(List<Change<T>> changes, Revision revision) {
        changes.forEach(change -> add(change.key(), revision));
    }

    private void add(Key key, Revision revision) {
        loop.add(key.path().substring(prefix.path().length()), revision);
    }
}

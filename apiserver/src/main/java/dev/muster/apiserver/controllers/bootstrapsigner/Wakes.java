package dev.muster.apiserver.controllers.bootstrapsigner;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Index;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Revision;
import java.util.List;
import java.util.Optional;

/** Has the signer look when a bootstrap token or cluster-info changed: other Secrets change often, and do not matter. */
public record Wakes(Loop loop) implements Index<ApiObject> {

    @Override
    public void reset(Snapshot<ApiObject> all) {
        loop.add(BootstrapSigner.NAME, all.revision());
    }

    @Override
    public void apply(List<Change<ApiObject>> changes, Revision revision) {
        if (changes.stream().anyMatch(change -> matters(change.now()) || matters(change.before()))) {
            loop.add(BootstrapSigner.NAME, revision);
        }
    }

    private static boolean matters(Optional<Cached<ApiObject>> one) {
        return one.map(Cached::value)
                .filter(object -> object.tree().path("type").asText("").equals(BootstrapToken.TYPE)
                        || object.name().equals(BootstrapSigner.NAME))
                .isPresent();
    }
}

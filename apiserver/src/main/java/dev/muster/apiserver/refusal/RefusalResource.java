package dev.muster.apiserver.refusal;

import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.pipeline.Refusal;
import dev.muster.apiserver.pipeline.Refusals;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/**
 * {@code refusals}: what was answered 401 or 403 lately, newest first. Its revisions are its own; they have nothing to do with
 * the store's.
 */
public final class RefusalResource implements Getter, Lister {

    private static final Key PREFIX = Key.of("/refusals/");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ResourceType type;
    private final Refusals refusals;
    private final RefusalObjects objects;

    public RefusalResource(Kinds kinds, Refusals refusals) {
        this.type = kinds.byResource(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "refusals")
                .orElseThrow();
        this.refusals = refusals;
        this.objects = new RefusalObjects(type);
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public Revision revision() {
        return Revision.of(refusals.revision());
    }

    @Override
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (revision().compareTo(revision) < 0) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    @Override
    public Optional<ApiObject> get(ApiCall call) {
        return refusals.find(call.info().name()).map(objects::of);
    }

    @Override
    public Snapshot<ApiObject> list(ApiCall call) {
        // Read first: what happens in between is then in the list, and at worst seen twice.
        Revision now = revision();
        return new Snapshot<>(new Shown(objects, refusals.all().reversed()), now);
    }

    /**
     * What had happened by that revision and is still remembered, so that a long list can be read in pieces. What was repeated
     * since is shown as it is now: nothing older is kept of it.
     */
    @Override
    public Optional<Page> listAt(ApiCall call, Revision at, Optional<Key> after, int limit) {
        var then = refusals.all().reversed().stream()
                .filter(one -> one.seen().made() <= at.value())
                .filter(one -> after.isEmpty() || key(one).compareTo(after.get()) > 0)
                .toList();
        boolean more = limit > 0 && then.size() > limit;
        return Optional.of(new Page(new Shown(objects, more ? then.subList(0, limit) : then), at, more));
    }

    @Override
    public Key prefix(ApiCall call) {
        return PREFIX;
    }

    /** The newest first. */
    private static Key key(Refusal refusal) {
        return Key.of(PREFIX.path()
                + "%016x".formatted(Long.MAX_VALUE - refusal.seen().made()));
    }

    /** Objects made when somebody looks at them: only how many there are is asked on the event loop. */
    private static final class Shown extends AbstractList<Cached<ApiObject>> {

        private final RefusalObjects objects;
        private final List<Refusal> refusals;

        Shown(RefusalObjects objects, List<Refusal> refusals) {
            this.objects = objects;
            this.refusals = refusals;
        }

        @Override
        public Cached<ApiObject> get(int index) {
            var one = refusals.get(index);
            return new Cached<>(
                    key(one), objects.of(one), Revision.of(one.seen().changed()));
        }

        @Override
        public int size() {
            return refusals.size();
        }
    }
}

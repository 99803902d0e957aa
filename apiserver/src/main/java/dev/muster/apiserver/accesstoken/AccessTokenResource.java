package dev.muster.apiserver.accesstoken;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Watchable;
import dev.muster.core.access.Authorizer;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Listener;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Cache.Subscription;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** {@code accesstokens}: made, seen, labelled and deleted by their owners. What they are for never changes. */
public final class AccessTokenResource
        implements Getter, Watchable, Creator, Updater, Patcher, Deleter, CollectionDeleter {

    private final Getter getter;
    private final Watchable watchable;
    private final Creator creator;
    private final Updater updater;
    private final Patcher patcher;
    private final Deleter deleter;
    private final CollectionDeleter collection;
    private final Ownership ownership;
    private final Minting minting;

    private AccessTokenResource(Resource stored, Ownership ownership, Minting minting) {
        this.getter = (Getter) stored;
        this.watchable = (Watchable) stored;
        this.creator = (Creator) stored;
        this.updater = (Updater) stored;
        this.patcher = (Patcher) stored;
        this.deleter = (Deleter) stored;
        this.collection = (CollectionDeleter) stored;
        this.ownership = ownership;
        this.minting = minting;
    }

    /**
     * How tokens are made.
     *
     * @param longest no token lasts longer
     * @param random for the tokens; must be a secure one
     */
    public record Policy(Duration longest, InstantSource clock, RandomGenerator random) {}

    /** Whether a stored resource is what this goes around. */
    public static boolean isFor(Resource stored) {
        return stored.type().gvk().group().equals(IdentityGroup.NAME)
                && stored.type().plural().equals("accesstokens");
    }

    /** Around the resource that keeps the objects and has every verb. */
    public static AccessTokenResource of(Resource stored, Authorizer authorizer, Policy policy) {
        var type = stored.type();
        return new AccessTokenResource(
                stored,
                new Ownership(type, authorizer),
                new Minting(type, policy.longest(), policy.clock(), policy.random()));
    }

    @Override
    public ResourceType type() {
        return getter.type();
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        if (!call.caller().equals(call.user())) {
            throw new StatusException(ForbiddenStatuses.forbidden(
                    type(), "", "a token would outlast the impersonation: only they themselves make one"));
        }
        var minted = minting.mint(call.user(), body);
        var made = creator.create(call, minted.object(), dryRun);
        if (minted.shortened()) {
            call.warn("the token lasts "
                    + minted.object()
                            .tree()
                            .path("spec")
                            .path("expirationSeconds")
                            .asLong()
                    + " seconds, which is the longest this server allows");
        }
        if (dryRun) {
            return made;
        }
        ObjectNode shown = made.copyTree();
        shown.withObjectProperty("status").put("token", minted.token());
        return ApiObject.of(shown);
    }

    @Override
    public Optional<ApiObject> get(ApiCall call) {
        return getter.get(call).filter(ownership.visibleTo(call.user()));
    }

    @Override
    public Snapshot<ApiObject> list(ApiCall call) {
        var all = watchable.list(call);
        return new Snapshot<>(visible(call, all.items()), all.revision());
    }

    @Override
    public Optional<Page> listAt(ApiCall call, Revision at, Optional<Key> after, int limit) {
        return watchable
                .listAt(call, at, after, limit)
                .map(page -> new Page(visible(call, page.items()), page.revision(), page.more()));
    }

    private List<Cached<ApiObject>> visible(ApiCall call, List<Cached<ApiObject>> all) {
        var mayBeSeen = ownership.visibleTo(call.user());
        return all.stream().filter(one -> mayBeSeen.test(one.value())).toList();
    }

    @Override
    public Key prefix(ApiCall call) {
        return watchable.prefix(call);
    }

    @Override
    public Optional<Subscription> watch(ApiCall call, Revision after, Listener<ApiObject> listener) {
        return watchable.watch(call, after, new Seeing(listener, ownership.visibleTo(call.user())));
    }

    /** Passes on what may be seen. */
    private record Seeing(Listener<ApiObject> to, Predicate<ApiObject> mayBeSeen) implements Listener<ApiObject> {

        @Override
        public void changed(Change<ApiObject> change) {
            if (change.now()
                    .or(change::before)
                    .map(Cached::value)
                    .filter(mayBeSeen)
                    .isPresent()) {
                to.changed(change);
            }
        }

        @Override
        public void progress(Revision revision) {
            to.progress(revision);
        }

        @Override
        public void lost(String why) {
            to.lost(why);
        }
    }

    @Override
    public ApiObject update(ApiCall call, ApiObject body, boolean dryRun) {
        requireVisible(call);
        return updater.update(call, body, dryRun);
    }

    @Override
    public ApiObject patch(ApiCall call, UnaryOperator<ApiObject> change, boolean dryRun) {
        requireVisible(call);
        return patcher.patch(call, change, dryRun);
    }

    /** Owners never change, so what was visible a moment ago is. */
    private void requireVisible(ApiCall call) {
        if (get(call).isEmpty()) {
            throw new StatusException(Statuses.notFound(type(), call.info().name()));
        }
    }

    @Override
    public Deletion delete(ApiCall call, DeleteOptions options) {
        requireVisible(call);
        return deleter.delete(call, options);
    }

    @Override
    public List<ApiObject> deleteCollection(ApiCall call, Predicate<ApiObject> matching, DeleteOptions options) {
        return collection.deleteCollection(call, matching.and(ownership.visibleTo(call.user())), options);
    }

    @Override
    public Revision revision() {
        return getter.revision();
    }

    @Override
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        return getter.await(revision, atMost);
    }
}

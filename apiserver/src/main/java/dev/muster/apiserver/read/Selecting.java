package dev.muster.apiserver.read;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Lister;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Picks what a list request is about: from memory where the present will do, from history where it asks for the past. */
final class Selecting {

    /** How many entries of history are read at once while a selector drops most. */
    private static final int CHUNK = 500;

    private final ApiCall call;
    private final Lister resource;
    private final ListOptions options;
    private final Key prefix;

    /** The exact revision asked for; empty = the present. */
    private final Optional<Revision> at;

    private final Optional<Key> after;

    /** @throws StatusException 400 for a version or token that cannot be read */
    Selecting(ApiCall call, Lister resource, ListOptions options) {
        this.call = call;
        this.resource = resource;
        this.options = options;
        this.prefix = resource.prefix(call);
        if (options.continueToken().isEmpty()) {
            Revision version = Versions.required(options.resourceVersion());
            boolean exact = options.match().equals(ListRules.EXACT)
                    || options.match().isEmpty() && options.limit() > 0 && version.isAfter(Revision.NONE);
            this.at = exact ? Optional.of(version) : Optional.empty();
            this.after = Optional.empty();
        } else {
            var token = ContinueToken.decode(options.continueToken(), prefix);
            if (!options.resourceVersion().isEmpty()
                    && !options.resourceVersion().equals("0")) {
                throw new StatusException(
                        Statuses.badRequest("specifying resource version is not allowed when using continue"));
            }
            this.at = token.revision() > 0 ? Optional.of(Revision.of(token.revision())) : Optional.empty();
            this.after = Optional.of(token.after());
        }
    }

    /** The version that must have been reached before anything can be said. */
    Revision needed() {
        return at.orElseGet(
                () -> options.continueToken().isEmpty() ? Versions.required(options.resourceVersion()) : Revision.NONE);
    }

    /** From memory; empty when only history knows. */
    Optional<Selection> now() {
        Snapshot<ApiObject> all = resource.list(call);
        if (at.isPresent() && !at.get().equals(all.revision())) {
            return Optional.empty();
        }
        List<Cached<ApiObject>> items = all.items();
        int start = after.map(key -> firstAfter(items, key)).orElse(0);
        return Optional.of(pick(items.subList(start, items.size()), all.revision()));
    }

    private Selection pick(List<Cached<ApiObject>> rest, Revision revision) {
        var picked = new ArrayList<ApiObject>();
        Key last = prefix;
        for (int i = 0; i < rest.size(); i++) {
            var one = rest.get(i);
            if (!options.matches(one.value())) {
                continue;
            }
            if (options.limit() > 0 && picked.size() == options.limit()) {
                var remaining = options.isWide() ? OptionalLong.of(rest.size() - i) : OptionalLong.empty();
                return new Selection(picked, revision, token(revision, last), remaining);
            }
            picked.add(one.value());
            last = one.key();
        }
        return new Selection(picked, revision, "", OptionalLong.empty());
    }

    /**
     * From history; blocks.
     *
     * @throws StatusException 410 when history does not go back that far
     */
    Selection past() {
        Revision revision = at.orElseThrow();
        var picked = new ArrayList<ApiObject>();
        Optional<Key> from = after;
        while (true) {
            var page = resource.listAt(call, revision, from, pageSize()).orElseThrow(this::expired);
            for (var one : page.items()) {
                if (options.limit() > 0 && picked.size() == options.limit()) {
                    return new Selection(picked, revision, token(revision, from.orElse(prefix)), OptionalLong.empty());
                }
                if (options.matches(one.value())) {
                    picked.add(one.value());
                }
                from = Optional.of(one.key());
            }
            if (!page.more()) {
                return new Selection(picked, revision, "", OptionalLong.empty());
            }
        }
    }

    /** One more than wanted, to know whether there are more. */
    private int pageSize() {
        return options.limit() > 0
                ? (int) Math.min(Math.max(options.limit() + 1, options.isWide() ? 1 : CHUNK), CHUNK * 20)
                : 0;
    }

    private String token(Revision revision, Key last) {
        return new ContinueToken(revision.value(), last).encode(prefix);
    }

    private StatusException expired() {
        return new StatusException(
                after.isEmpty()
                        ? Statuses.listExpired()
                        : Statuses.continueExpired(
                                new ContinueToken(ContinueToken.LATEST, after.get()).encode(prefix)));
    }

    private static int firstAfter(List<Cached<ApiObject>> items, Key key) {
        int low = 0;
        int high = items.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (items.get(middle).key().compareTo(key) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

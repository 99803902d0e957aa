package dev.muster.apiserver.watch;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.negotiate.Offers;
import dev.muster.apiserver.negotiate.Representation;
import dev.muster.apiserver.read.ListOptions;
import dev.muster.apiserver.read.Versions;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Watchable;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.Includes;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.core.store.Revision;
import dev.muster.http.serve.Lane;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches. What is wrong with the request is an HTTP error; what goes wrong once it has been understood is told as an event in a
 * 200, as kube-apiserver does it.
 */
public final class WatchVerb implements Verb<Watchable> {

    private static final long SHORTEST_TERM = 30 * 60;
    private static final double GOLDEN = 0.618_033_988_749_894_9;

    private final Work work;
    private final ObjectForms forms;
    private final InstantSource clock;
    private final AtomicLong opened = new AtomicLong();

    public WatchVerb(Work work, ObjectForms forms, InstantSource clock) {
        this.work = work;
        this.forms = forms;
        this.clock = clock;
    }

    @Override
    public void handle(ApiCall call, Watchable resource) {
        var accepted = Accept.negotiateStream(call.exchange(), Offers.STREAM);
        var options = ListOptions.parse(call, resource.type(), true);
        Revision version = version(options, resource.type());
        Shape shape = shape(call, accepted.representation());
        work.on(Lane.BLOCKING, call, () -> open(call, resource, options, version, shape));
    }

    private void open(ApiCall call, Watchable resource, ListOptions options, Revision version, Shape shape) {
        var stream = call.exchange().stream(200, MediaType.JSON.headers());
        var session =
                new WatchSession(new Outlet(stream, clock), new Frames(resource.type(), shape), options, term(options));
        call.exchange().onClosed(session::close);
        try {
            begin(call, resource, options, version, session);
        } catch (StatusException e) {
            session.fail(e.status());
        }
    }

    private static void begin(
            ApiCall call, Watchable resource, ListOptions options, Revision version, WatchSession session) {
        boolean fromNow = version.equals(Revision.NONE);
        boolean initial = options.watch().sendInitialEvents().orElse(fromNow);
        Revision start = version;
        if (initial) {
            Versions.await(resource, version);
            var all = resource.list(call);
            boolean markEnd = options.watch().sendInitialEvents().isPresent()
                    && options.watch().bookmarks();
            if (!session.initial(all, markEnd)) {
                return;
            }
            start = all.revision();
        } else if (fromNow) {
            start = resource.revision();
        }
        session.from(start);
        var subscription = resource.watch(call, start, session);
        if (subscription.isEmpty()) {
            throw new StatusException(Statuses.expired("too old resource version: " + start));
        }
        session.hears(subscription.get());
    }

    /** Spread out between half an hour and a whole one, so that not all come back at once. */
    private WatchSession.Term term(ListOptions options) {
        long asked = options.watch().timeoutSeconds().orElse(0);
        double spread = opened.incrementAndGet() * GOLDEN % 1;
        long seconds = asked > 0 ? asked : SHORTEST_TERM + (long) (spread * SHORTEST_TERM);
        Instant now = clock.instant();
        long longest = 365L * 24 * 3600;
        return new WatchSession.Term(clock, now.plusSeconds(Math.min(seconds, longest)));
    }

    private static Revision version(ListOptions options, ResourceType type) {
        String text = options.resourceVersion();
        return Versions.parse(text).orElseThrow(() -> {
            var cause = FieldErrors.invalid(FieldPath.of("resourceVersion"), text, Versions.parseError(text));
            return new StatusException(Statuses.invalid(
                    new Gvk(type.gvk().group(), type.gvk().version(), type.plural()), "", List.of(cause)));
        });
    }

    private Shape shape(ApiCall call, Representation representation) {
        return switch (representation) {
            case Representation.Whole _ -> new Shape.Whole();
            case Representation.Table table ->
                new Shape.Table(forms.tables(), Includes.of(call.exchange()), table.version());
            case Representation.Metadata metadata -> {
                if (metadata.list()) {
                    throw ObjectForms.notAcceptable(
                            "you requested PartialObjectMetadataList, but a watch shows single objects");
                }
                yield new Shape.Metadata(metadata.version());
            }
            case Representation.Other _ -> throw ObjectForms.notAcceptable("no such form of a watch");
        };
    }
}

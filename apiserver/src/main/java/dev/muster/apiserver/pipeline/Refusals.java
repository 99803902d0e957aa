package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.GoText;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.Warnings;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.BindingLister.Near;
import dev.muster.core.identity.Heard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The last refusals with their stories, in a ring: what strangers can make it hold is bounded. The same refusal repeated keeps
 * its id, so that a client that tries again and again sees one warning and fills one place.
 */
public final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int ID_LENGTH = 8;

    /** Leads from an audit event to the story behind it. */
    private static final String ANNOTATION = "identity.muster.dev/refusal";

    private static final int LINES_A_SECOND = 20;

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final boolean warn;
    private final Refusal[] ring;
    private final RefusalKey[] keys;
    private final Map<RefusalKey, Integer> places = new HashMap<>();
    private long revision;
    private int next;
    private long loggedIn;
    private int logged;

    /**
     * @param capacity how many are remembered
     * @param warn whether clients are told the id, in a {@code Warning: 299} header
     * @param chance draws ids; they are no secret
     */
    public Refusals(int capacity, boolean warn, InstantSource clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
        this.warn = warn;
        this.ring = new Refusal[capacity];
        this.keys = new RefusalKey[capacity];
        // Later than any of an earlier life of this server, unless there were more than a thousand refusals a second in
        // it.
        this.revision = Math.max(1, clock.millis());
    }

    /** Rises with every refusal, repeated ones too. */
    public synchronized long revision() {
        return revision;
    }

    /** The story behind an id. */
    public synchronized Optional<Refusal> find(String id) {
        for (Refusal one : ring) {
            if (one != null && one.id().equals(id)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** All that are remembered, oldest first. */
    public synchronized List<Refusal> all() {
        var all = new ArrayList<Refusal>();
        for (int i = 0; i < ring.length; i++) {
            var one = ring[(next + i) % ring.length];
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    /** Keeps the story and tells the client its id. */
    void tell(Turn turn, Story story) {
        String id = keep(turn, story);
        if (warn) {
            turn.addHeader(
                    "warning", Warnings.header("refused (id " + id + "): ask an operator for 'muster why " + id + "'"));
        }
    }

    /**
     * Keeps the story of a token that a review found nobody's. The client is not told: it has its answer, and whose token it was has
     * nothing from it.
     *
     * @param call the review
     */
    public void reviewed(ApiCall call, String said, List<Heard> heard) {
        if (call.exchange() instanceof Turn turn) {
            keep(turn, Story.unknownCaller(said, heard));
        }
    }

    private String keep(Turn turn, Story story) {
        var asked = StoryText.asked(turn);
        var caller = StoryText.caller(turn.user());
        var impersonation = StoryText.impersonation(turn);
        var heard = StoryText.heard(story.heard());
        var key = RefusalKey.of(story, asked, caller, heard, impersonation);
        var kept = new Kept(asked, caller, heard, impersonation);
        String id = again(key, asked.auditId()).orElseGet(() -> remember(key, kept, story));
        if (turn.audit() != null) {
            turn.audit().annotate(ANNOTATION, id);
        }
        return id;
    }

    private synchronized Optional<String> again(RefusalKey key, String auditId) {
        Integer place = places.get(key);
        if (place == null) {
            return Optional.empty();
        }
        ring[place] = ring[place].again(clock.instant(), ++revision, auditId);
        return Optional.of(ring[place].id());
    }

    /** What is known of a refusal before it is known whether it is a new one. */
    private record Kept(
            Refusal.Asked asked,
            Refusal.Caller caller,
            List<Heard> heard,
            Optional<Refusal.Impersonation> impersonation) {

        Refusal refusal(String id, Refusal.Seen seen, Story story, List<Bound> bindings, List<Near> nearest) {
            return new Refusal(
                    id,
                    seen,
                    story.code(),
                    asked,
                    caller,
                    Scrub.text(story.said()),
                    heard,
                    bindings,
                    nearest,
                    impersonation);
        }
    }

    private String remember(RefusalKey key, Kept kept, Story story) {
        var bindings = StoryText.bindings(story.bindings().get());
        var nearest = StoryText.nearest(story.nearest().get());
        var now = clock.instant();
        Refusal made;
        synchronized (this) {
            var other = again(key, kept.asked().auditId());
            if (other.isPresent()) {
                return other.get();
            }
            var seen = new Refusal.Seen(
                    now, now, 1, ++revision, revision, List.of(kept.asked().auditId()));
            made = kept.refusal(id(), seen, story, bindings, nearest);
            if (keys[next] != null) {
                places.remove(keys[next]);
            }
            ring[next] = made;
            keys[next] = key;
            places.put(key, next);
            next = (next + 1) % ring.length;
        }
        log(made);
        return made.id();
    }

    /** Refused credentials are for the operator's eyes, as far as strangers do not flood the log with them. */
    private void log(Refusal made) {
        boolean shown;
        synchronized (this) {
            long second = made.seen().first().getEpochSecond();
            logged = second == loggedIn ? logged + 1 : 1;
            loggedIn = second;
            shown = made.code() == 401 && logged <= LINES_A_SECOND;
        }
        LOG.atLevel(shown ? Level.INFO : Level.DEBUG)
                .log(
                        "refused {} id={} auditID={} user={} verb={} path={} from={}: {}",
                        made.code(),
                        made.id(),
                        made.asked().auditId(),
                        GoText.quote(made.caller().name()),
                        made.asked().verb(),
                        GoText.quote(made.asked().path()),
                        made.asked().from(),
                        GoText.quote(made.said()));
    }

    private String id() {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}

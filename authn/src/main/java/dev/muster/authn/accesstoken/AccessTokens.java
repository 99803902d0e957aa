package dev.muster.authn.accesstoken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.identity.AccessTokenForm;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Index;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access tokens, by their hash. Looks up in memory; does not block. */
public final class AccessTokens implements TokenAuthenticator, Index<ApiObject> {

    /** Where AccessToken objects are stored. */
    public static final Key PREFIX = Key.of("/registry/identity.muster.dev/accesstokens/");

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final long TELL_SECONDS = 60;

    private final Map<Key, Known> byKey = new ConcurrentHashMap<>();
    private final Map<String, Known> byHash = new ConcurrentHashMap<>();
    private final Audiences own;
    private final InstantSource clock;
    private final Use use;

    /** Hears that a token was used, at most about once a minute for each; must be quick. */
    @FunctionalInterface
    public interface Use {
        void used(String name);
    }

    /** What is known of one token. */
    private record Known(
            String name, String hash, User user, Audiences audiences, Instant made, Instant ends, AtomicLong told) {}

    /** @param own the API server's audiences, for tokens that name none */
    public AccessTokens(Audiences own, InstantSource clock, Use use) {
        this.own = own;
        this.clock = clock;
        this.use = use;
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        String text = token.reveal();
        if (!AccessTokenForm.fits(text)) {
            return Outcome.NOT_MINE;
        }
        var known = byHash.get(AccessTokenForm.hash(text));
        if (known == null) {
            return Outcome.refused(
                    Reason.UNKNOWN, "no AccessToken object has this token's hash: deleted, or never made");
        }
        Instant now = clock.instant();
        if (!now.isBefore(known.ends())) {
            return Outcome.refused(Reason.EXPIRED, "access token " + known.name() + " ended at " + known.ends());
        }
        var meant = known.audiences().isUnspecified() ? own : known.audiences();
        var asked = wanted.isUnspecified() ? own : wanted;
        if (!asked.isUnspecified() && !meant.meets(asked)) {
            return Outcome.refused(
                    Reason.WRONG_PURPOSE,
                    "access token " + known.name() + " is for " + meant.names() + ", not for " + asked.names());
        }
        tell(known, now.getEpochSecond());
        return new Accepted(known.user(), meant.intersect(asked), List.of(), Proof.ofToken(known.made(), known.ends()));
    }

    private void tell(Known known, long now) {
        long before = known.told().get();
        if (now - before >= TELL_SECONDS && known.told().compareAndSet(before, now)) {
            use.used(known.name());
        }
    }

    /** Whether somebody was accepted by an access token that is no more: what runs on it must end. */
    public boolean isGone(Accepted who) {
        var names = who.user().extra().get(User.ACCESS_TOKEN);
        if (names == null) {
            return false;
        }
        var known = byKey.get(Key.of(PREFIX.path() + names.getFirst()));
        return known == null || !known.user().extra().equals(who.user().extra());
    }

    /** Takes away what is gone first: at no moment is more accepted than before and after. */
    @Override
    public void reset(Snapshot<ApiObject> all) {
        byHash.clear();
        byKey.clear();
        all.items().forEach(one -> set(one.key(), Optional.of(one.value())));
    }

    @Override
    public void apply(List<Change<ApiObject>> changes, Revision revision) {
        changes.forEach(change -> set(change.key(), change.now().map(Cached::value)));
    }

    private void set(Key key, Optional<ApiObject> object) {
        var before = byKey.get(key);
        var now = object.filter(one -> !one.isBeingDeleted())
                .flatMap(one -> read(one, before))
                .orElse(null);
        if (before != null && (now == null || !now.hash().equals(before.hash()))) {
            byHash.remove(before.hash());
        }
        if (now == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, now);
            byHash.put(now.hash(), now);
        }
    }

    private static Optional<Known> read(ApiObject object, Known before) {
        JsonNode spec = object.tree().path("spec");
        JsonNode status = object.tree().path("status");
        String hash = status.path("hash").asText("");
        String name = spec.path("user").path("username").asText("");
        try {
            if (hash.isEmpty() || name.isEmpty()) {
                throw new IllegalArgumentException("no hash, or nobody's");
            }
            var ends = Instant.parse(status.path("expirationTimestamp").asText(""));
            var made = Instant.parse(object.metadata().path("creationTimestamp").asText(""));
            var ids = new ArrayList<String>();
            ids.add("JTI=" + object.uid());
            // Who takes back the token that made this one takes back this one too.
            ids.addAll(texts(status.path("madeWith")));
            var extra = Map.of(User.ACCESS_TOKEN, List.of(object.name()), User.CREDENTIAL_ID, List.copyOf(ids));
            var user = new User(
                    name,
                    spec.path("user").path("uid").asText(""),
                    texts(spec.path("user").path("groups")),
                    extra);
            return Optional.of(new Known(
                    object.name(),
                    hash,
                    user,
                    new Audiences(texts(spec.path("audiences"))),
                    made,
                    ends,
                    before == null ? new AtomicLong() : before.told()));
        } catch (DateTimeException | IllegalArgumentException e) {
            LOG.error("access token {} lets nobody in, it is malformed: {}", object.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode all) {
        var texts = new ArrayList<String>();
        all.forEach(one -> texts.add(one.asText("")));
        return texts;
    }
}

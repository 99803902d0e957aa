package dev.muster.authn.oidc;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All issuers, found by the {@code iss} of a token, and replaced together. A token of none of them is nobody's here.
 *
 * <p>To replace them: {@link #prepare}, perhaps {@link Prepared#awaitReady}, then {@link #adopt}. Issuers whose documents lie where
 * they did, with the same authorities, keep their keys.
 */
public final class OidcIssuers implements TokenAuthenticator, AutoCloseable {

    /** As operators know them, in the story of a refusal. */
    public static final String NAME = "OpenID Connect";

    /** Google's tokens say either; see OpenID Connect Core 1.0 section 15.6.2. */
    private static final String GOOGLE = "https://accounts.google.com";

    private static final String GOOGLE_OF_OLD = "accounts.google.com";

    private final Outside outside;
    private volatile Map<String, OidcAuthenticator> byIssuer = Map.of();

    public OidcIssuers(Outside outside) {
        this.outside = outside;
    }

    /** Issuers whose keys are being fetched, and that judge nobody yet. */
    public static final class Prepared {

        private final Map<String, OidcAuthenticator> byIssuer;

        private Prepared(Map<String, OidcAuthenticator> byIssuer) {
            this.byIssuer = Map.copyOf(byIssuer);
        }

        /** Waits until all keys are there. Blocks; answers what is still wrong after so long, empty when nothing is. */
        public Optional<String> awaitReady(Duration most) throws InterruptedException {
            long end = System.nanoTime() + most.toNanos();
            while (true) {
                var wrong = byIssuer.values().stream()
                        .map(OidcAuthenticator::state)
                        .filter(state -> !state.isReady())
                        .map(state -> state.url() + ": " + state.problem().orElse("not ready"))
                        .findFirst();
                if (wrong.isEmpty() || System.nanoTime() > end) {
                    return wrong;
                }
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    /** Begins to fetch the keys of those that are new. Issuers must differ in their URLs. */
    public Prepared prepare(List<Issuer> issuers) {
        var before = byIssuer;
        var next = new HashMap<String, OidcAuthenticator>();
        for (Issuer issuer : issuers) {
            String url = issuer.settings().url();
            var old = before.get(url);
            var keys = old != null && isSamePlace(old.settings(), issuer.settings())
                    ? old.keys()
                    : new IssuerKeys(issuer.settings(), outside);
            if (next.put(url, new OidcAuthenticator(issuer, keys, outside)) != null) {
                throw new IllegalArgumentException("two issuers of one URL: " + url);
            }
        }
        return new Prepared(next);
    }

    private static boolean isSamePlace(IssuerSettings a, IssuerSettings b) {
        return a.url().equals(b.url())
                && a.discoveryUrl().equals(b.discoveryUrl())
                && a.authorities().equals(b.authorities());
    }

    /** From now on these, all at once. Only the latest prepared may be adopted. */
    public synchronized void adopt(Prepared prepared) {
        var before = byIssuer;
        byIssuer = prepared.byIssuer;
        closeAllBut(prepared.byIssuer, before);
    }

    /** These will not be adopted. */
    public synchronized void drop(Prepared prepared) {
        closeAllBut(byIssuer, prepared.byIssuer);
    }

    private static void closeAllBut(Map<String, OidcAuthenticator> kept, Map<String, OidcAuthenticator> others) {
        var keys = kept.values().stream().map(OidcAuthenticator::keys).toList();
        others.values().stream()
                .map(OidcAuthenticator::keys)
                .filter(one -> !keys.contains(one))
                .forEach(IssuerKeys::close);
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        var all = byIssuer;
        if (all.isEmpty()) {
            return Outcome.NOT_MINE;
        }
        CompactJws jws;
        Map<String, Object> tree;
        try {
            jws = CompactJws.parse(token.reveal());
            tree = jws.wholeClaims();
        } catch (MalformedJws e) {
            return Outcome.NOT_MINE;
        }
        if (!(tree.get("iss") instanceof String name)) {
            return Outcome.NOT_MINE;
        }
        var issuer = all.get(name.equals(GOOGLE_OF_OLD) ? GOOGLE : name);
        return issuer == null ? foreign(name) : issuer.judge(new OidcAuthenticator.Token(jws, tree));
    }

    private static Outcome foreign(String issuer) {
        return new Outcome.NotMine(Trail.of(new Heard(
                NAME,
                Heard.Answer.NOT_MINE,
                "the token is of the issuer " + Plain.quoted(issuer) + ", which is none of these")));
    }

    /** How it stands with each, by URL. */
    public List<IssuerState> states() {
        return byIssuer.values().stream()
                .map(OidcAuthenticator::state)
                .sorted(java.util.Comparator.comparing(IssuerState::url))
                .toList();
    }

    @Override
    public synchronized void close() {
        var before = byIssuer;
        byIssuer = Map.of();
        closeAllBut(Map.of(), before);
    }
}

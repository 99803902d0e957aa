package dev.muster.authn.serviceaccount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.TokenOrder;
import dev.muster.core.issuing.TokenOrder.Binding;
import dev.muster.core.secret.Secret;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.crypto.jose.JwsSigner;
import dev.muster.crypto.jose.KeyFiles;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.testkit.clock.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A namespace with an account, a pod, a secret and a node, and both authenticators over it. */
final class World {

    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    static final AccountId ROBOT = new AccountId("team", "robot", "u-robot");
    static final Audiences OWN = Audiences.of(ISSUER, "https://old.example");
    static final JwsSigner SIGNER = signer("EC");
    static final JwsSigner OTHER = signer("RSA");

    final ManualClock clock = new ManualClock();
    final Map<String, ApiObject> objects = new HashMap<>();
    final List<String> used = new ArrayList<>();
    final TokenIssuer issuer = new TokenIssuer(SIGNER, ISSUER, clock, new Random(1));
    final BoundTokens bound;
    final LegacyTokens legacy;

    World() {
        var keys = new VerificationKeys(List.of(SIGNER.publicKey(), OTHER.publicKey()), Signatures.jdk());
        var now = new AccountObjects(new Memory(objects));
        bound = new BoundTokens(() -> keys, Set.of(ISSUER, "https://old.example"), OWN, now, clock);
        legacy = new LegacyTokens(
                () -> keys, OWN, Optional.of(now), (namespace, name) -> used.add(namespace + "/" + name));
        put("serviceaccounts/team/robot", "u-robot", "");
        put("pods/team/web", "u-web", "");
        put("secrets/team/held", "u-held", "");
        put("nodes/n1", "u-n1", "");
    }

    private static JwsSigner signer(String family) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            generator.initialize(family.equals("RSA") ? 2048 : 256);
            return KeyFiles.signer(generator.generateKeyPair().getPrivate(), Signatures.jdk());
        } catch (GeneralSecurityException | MalformedPem e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param more members of the object beside metadata, or of metadata when they begin with {@code meta:} */
    void put(String where, String uid, String more) {
        String name = where.substring(where.lastIndexOf('/') + 1);
        String meta = more.startsWith("meta:") ? "," + more.substring(5) : "";
        String rest = more.isEmpty() || more.startsWith("meta:") ? "" : "," + more;
        objects.put(
                "/registry/core/" + where,
                json("{\"metadata\":{\"name\":\"" + name + "\",\"uid\":\"" + uid + "\"" + meta + "}" + rest + "}"));
    }

    static ApiObject json(String json) {
        ObjectNode tree =
                Json.parseObject(json.getBytes(StandardCharsets.UTF_8)).value();
        return ApiObject.of(tree);
    }

    void remove(String where) {
        objects.remove("/registry/core/" + where);
    }

    /** A token in the secret {@code held}, as the controller puts it there. */
    Secret held() {
        var token = issuer.forSecret(ROBOT, "held");
        put("secrets/team/held", "u-held", data(token));
        return token;
    }

    static String data(Secret token) {
        return "\"data\":{\"token\":\""
                + Base64.getEncoder().encodeToString(token.reveal().getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    Secret token(Binding binding, String... audiences) {
        return issuer.issue(
                        new TokenOrder(ROBOT, Audiences.of(audiences), Duration.ofHours(1), Optional.empty(), binding))
                .token();
    }

    Secret token() {
        return token(Binding.NONE, ISSUER);
    }

    /** Signed by our key, whatever it says. */
    static Secret signed(String claims) {
        return Secret.of(SIGNER.sign(claims.getBytes(StandardCharsets.UTF_8)));
    }

    static Reason reason(Outcome outcome) {
        return ((Outcome.Refused) outcome).reason();
    }

    private record Memory(Map<String, ApiObject> objects) implements Cache<ApiObject> {

        @Override
        public Optional<Cached<ApiObject>> get(Key key) {
            return Optional.ofNullable(objects.get(key.path())).map(o -> new Cached<>(key, o, Revision.NONE));
        }

        @Override
        public Snapshot<ApiObject> list(Key prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Revision revision() {
            return Revision.NONE;
        }

        @Override
        public boolean await(Revision revision, Duration atMost) {
            return true;
        }

        @Override
        public Optional<Subscription> watch(Key prefix, Revision after, Listener<ApiObject> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription feed(Key prefix, Index<ApiObject> index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration sinceLastHeard() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}

package dev.muster.api.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Times;
import dev.muster.api.meta.ApiObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One bootstrap token, as its Secret describes it.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/">Authenticating with bootstrap
 *     tokens</a>
 */
public final class BootstrapToken {

    /** The type of the Secrets. */
    public static final String TYPE = "bootstrap.kubernetes.io/token";

    /** Where they are. */
    public static final String NAMESPACE = "kube-system";

    /** What their names begin with; the id follows. */
    public static final String NAME_PREFIX = "bootstrap-token-";

    /** The group of everybody who presents one. */
    public static final String GROUP = "system:bootstrappers";

    /** The group that {@code kubeadm} gives to nodes. */
    public static final String NODES_GROUP = "system:bootstrappers:kubeadm:default-node-token";

    /** The public half of a token. */
    public static final Pattern ID = Pattern.compile("[a-z0-9]{6}");

    /** The half that is to be kept. */
    public static final Pattern SECRET = Pattern.compile("[a-z0-9]{16}");

    private static final Pattern EXTRA_GROUP = Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    /** What a token may be good for. */
    public enum Usage {
        AUTHENTICATION,
        SIGNING;

        /** The key in the Secret that says so. */
        public String key() {
            return "usage-bootstrap-" + word();
        }

        /** As the commands write it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Map<String, byte[]> data;

    private BootstrapToken(Map<String, byte[]> data) {
        this.data = data;
    }

    /** What the Secret says; empty when it is of another type, or holds what is no Base64. Its name is not looked at. */
    public static Optional<BootstrapToken> of(ApiObject secret) {
        JsonNode data = secret.tree().path("data");
        if (!secret.tree().path("type").asText("").equals(TYPE) || !data.isObject()) {
            return Optional.empty();
        }
        var values = new HashMap<String, byte[]>();
        for (var entry : data.properties()) {
            try {
                values.put(
                        entry.getKey(),
                        Base64.getDecoder().decode(entry.getValue().asText("")));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new BootstrapToken(values));
    }

    /** Whether a group may stand among a token's own. */
    public static boolean isExtraGroup(String group) {
        return EXTRA_GROUP.matcher(group).matches();
    }

    /** What it calls itself; a Secret that was renamed calls itself otherwise than its name. */
    public String id() {
        return text("token-id");
    }

    /** Whether this is its secret; in time that does not tell how far the guess was right. */
    public boolean isProvedBy(byte[] guess) {
        byte[] secret = data.getOrDefault("token-secret", new byte[0]);
        return secret.length > 0 && MessageDigest.isEqual(secret, guess);
    }

    /** A copy of its secret to sign with; empty when it has none of the right form. */
    public Optional<byte[]> signingKey() {
        byte[] secret = data.getOrDefault("token-secret", new byte[0]);
        return SECRET.matcher(new String(secret, StandardCharsets.ISO_8859_1)).matches()
                ? Optional.of(Arrays.copyOf(secret, secret.length))
                : Optional.empty();
    }

    /** Said by the one word {@code true}. */
    public boolean isFor(Usage usage) {
        return text(usage.key()).equals("true");
    }

    public boolean isExpired(Instant now) {
        return remaining(now).filter(left -> !left.isPositive()).isPresent();
    }

    /** How long it still lives, zero when it is over or its end cannot be read; empty when nothing is said of an end. */
    public Optional<Duration> remaining(Instant now) {
        return expiration().map(end -> end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO);
    }

    /** When it ends: long ago if that cannot be read; empty when nothing is said of it. */
    public Optional<Instant> expiration() {
        String end = text("expiration");
        if (end.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Times.parse(end));
        } catch (MalformedBody e) {
            return Optional.of(Instant.MIN);
        }
    }

    /** Its groups, sorted, each once; empty when it asks for one that bootstrap tokens may not give. */
    public Optional<List<String>> groups() {
        var all = new TreeSet<String>();
        all.add(GROUP);
        String extra = text("auth-extra-groups");
        if (!extra.isEmpty()) {
            for (String group : extra.split(",", -1)) {
                if (!isExtraGroup(group)) {
                    return Optional.empty();
                }
                all.add(group);
            }
        }
        return Optional.of(List.copyOf(all));
    }

    /** What somebody noted of it. */
    public String description() {
        return new String(data.getOrDefault("description", new byte[0]), StandardCharsets.UTF_8);
    }

    /** Byte for byte: what is no ASCII stays different from all that is. */
    private String text(String key) {
        return new String(data.getOrDefault(key, new byte[0]), StandardCharsets.ISO_8859_1);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "bootstrap token";
    }
}

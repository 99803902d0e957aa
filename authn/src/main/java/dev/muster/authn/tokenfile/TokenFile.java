package dev.muster.authn.tokenfile;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.digest.KeyedDigest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The static token file ({@code --token-auth-file}, Kubernetes' "Static token file"): rows of token, user name, uid and, if there
 * is a fourth column, groups separated by commas. Read once; tokens do not expire.
 *
 * <p>Tokens are kept and looked up by their HMAC under a random key, so that neither memory nor time tells of them.
 */
public final class TokenFile implements TokenAuthenticator {

    /** No token file is larger than this many bytes. */
    public static final int LARGEST = 64 << 20;

    private final KeyedDigest digest;
    private final Map<KeyedDigest.Key, User> users;
    private final List<String> warnings;

    private TokenFile(KeyedDigest digest, Map<KeyedDigest.Key, User> users, List<String> warnings) {
        this.digest = digest;
        this.users = users;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file's content, which must be UTF-8.
     *
     * @param random makes the key of the look-up; must be a secure one
     */
    public static TokenFile parse(byte[] content, RandomGenerator random) throws MalformedTokenFile {
        var digest = KeyedDigest.underNewKey(random);
        var users = new HashMap<KeyedDigest.Key, User>();
        var warnings = new ArrayList<String>();
        int number = 0;
        for (var row : Csv.read(text(content))) {
            var fields = row.fields();
            if (fields.size() < 3) {
                throw new MalformedTokenFile(
                        row.line(),
                        "must have at least 3 columns (token, user name, user uid), found " + fields.size());
            }
            number++;
            if (fields.getFirst().isEmpty()) {
                warnings.add("empty token, record number " + number);
                continue;
            }
            if (fields.get(1).isEmpty()) {
                throw new MalformedTokenFile(row.line(), "an empty user name");
            }
            var before = users.put(digest.of(fields.getFirst(), List.of()), user(fields));
            if (before != null) {
                warnings.add("duplicate token, record number " + number + ": the last one counts");
            }
        }
        return new TokenFile(digest, users, warnings);
    }

    private static String text(byte[] content) throws MalformedTokenFile {
        if (content.length > LARGEST) {
            throw new MalformedTokenFile("larger than " + LARGEST + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTokenFile("not UTF-8");
        }
    }

    /** A fourth column that is there and empty is one group without a name, as in Kubernetes. */
    private static User user(List<String> fields) {
        var groups =
                fields.size() < 4 ? List.<String>of() : List.of(fields.get(3).split(",", -1));
        return new User(fields.get(1), fields.get(2), groups, Map.of());
    }

    /** Whose token this is. */
    public Optional<User> find(Secret token) {
        return Optional.ofNullable(users.get(digest.of(token.reveal(), List.of())));
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        return find(token).map(Outcome::accepted).orElse(Outcome.NOT_MINE);
    }

    /** What the reader should tell the operator: rows passed over, tokens that stand twice. Without the tokens. */
    public List<String> warnings() {
        return warnings;
    }

    /** Whose tokens are known, each once. */
    public Set<String> names() {
        return users.values().stream().map(User::name).collect(Collectors.toUnmodifiableSet());
    }

    /** How many tokens are known. */
    public int size() {
        return users.size();
    }
}

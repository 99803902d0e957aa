package dev.muster.authn.oidc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of a token whose signature, issuer, audience and times have been found good: the one reading of its payload, with
 * distributed claims put in their places. Names are compared exactly.
 */
public final class Claims {

    private final Map<String, Object> tree;

    private Claims(Map<String, Object> tree) {
        this.tree = tree;
    }

    /** @param tree see {@link #tree()} */
    public static Claims of(Map<String, Object> tree) {
        return new Claims(Collections.unmodifiableMap(tree));
    }

    /**
     * All of them, unmodifiable. Objects are {@code Map<String, Object>}, arrays {@code List<Object>}, whole numbers of 64 bits
     * {@code Long}, other numbers {@code Double}; {@code null} is a member or element that is {@code null}.
     */
    public Map<String, Object> tree() {
        return tree;
    }

    /** Whether there is such a claim, be it {@code null}. */
    public boolean has(String name) {
        return tree.containsKey(name);
    }

    /** Its value; empty when it is absent or {@code null}. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(tree.get(name));
    }

    /** Its value if it is a string. */
    public Optional<String> text(String name) {
        return tree.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The extra values that name the credential: {@code JTI=...}; empty for a token without an id. */
    public List<String> credentialIds() {
        return text("jti")
                .filter(id -> !id.isEmpty())
                .map(id -> List.of("JTI=" + id))
                .orElse(List.of());
    }

    /** These, and one that came from elsewhere. */
    Claims with(String name, Object value) {
        var more = new LinkedHashMap<>(tree);
        more.put(name, value);
        return of(more);
    }

    /** Claims are about people: they do not go into logs by accident. */
    @Override
    public String toString() {
        return "Claims" + tree.keySet();
    }
}

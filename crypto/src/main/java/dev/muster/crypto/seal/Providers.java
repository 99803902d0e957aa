package dev.muster.crypto.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the providers of an entry. */
final class Providers {

    private static final Map<String, String> REFUSED = Map.of(
            "aescbc", "aescbc does not authenticate what it encrypts: use aesgcm",
            "secretbox", "secretbox does not bind a value to the key it lies under: use aesgcm",
            "kms", "kms is not supported: use aesgcm");
    private static final Set<String> KNOWN = Set.of("aesgcm", "identity", "aescbc", "secretbox", "kms");
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);

    private final Fields fields;
    private final SecureRandom random;

    Providers(Fields fields, SecureRandom random) {
        this.fields = fields;
        this.random = random;
    }

    List<Provider> parse(String path, List<?> values) {
        var providers = new ArrayList<Provider>();
        for (int i = 0; i < values.size(); i++) {
            String own = path + "[" + i + "]";
            fields.object(own, values.get(i), KNOWN).ifPresent(map -> providers.addAll(one(own, map)));
        }
        return providers;
    }

    private List<Provider> one(String path, Map<?, ?> map) {
        List<String> named = map.keySet().stream()
                .map(String::valueOf)
                .filter(KNOWN::contains)
                .toList();
        if (named.size() > 1) {
            fields.problem(
                    path,
                    "more than one provider specified in a single element, should split into different list elements");
            return List.of();
        }
        if (named.isEmpty()) {
            fields.problem(path, "provider does not contain any of the expected providers: aesgcm, identity");
            return List.of();
        }
        String name = named.getFirst();
        String own = path + "." + name;
        if (REFUSED.containsKey(name)) {
            fields.problem(own, REFUSED.get(name));
            return List.of();
        }
        if (name.equals("identity")) {
            fields.object(own, map.get(name), Set.of());
            return List.of(new Identity());
        }
        return fields.object(own, map.get(name), Set.of("keys"))
                .map(object -> keys(own + ".keys", object.get("keys")))
                .orElse(List.of());
    }

    private List<Provider> keys(String path, Object value) {
        var providers = new ArrayList<Provider>();
        List<?> keys = fields.list(path, value, "keys");
        for (int i = 0; i < keys.size(); i++) {
            String own = path + "[" + i + "]";
            fields.object(own, keys.get(i), Set.of("name", "secret"))
                    .flatMap(key -> key(own, key))
                    .ifPresent(providers::add);
        }
        return providers;
    }

    private Optional<Provider> key(String path, Map<?, ?> key) {
        Optional<String> name = fields.text(path + ".name", key.get("name"), "name is a mandatory field for a key");
        if (name.isPresent() && (name.get().indexOf(':') >= 0 || name.get().length() > 100)) {
            fields.problem(path + ".name", "must not contain ':', and has at most 100 characters");
        }
        Optional<byte[]> secret = fields.text(
                        path + ".secret", key.get("secret"), "secret is a mandatory field for a key")
                .flatMap(text -> decode(path + ".secret", text));
        return name.isPresent() && secret.isPresent()
                ? Optional.of(new AesGcm(name.get(), secret.get(), random))
                : Optional.empty();
    }

    private Optional<byte[]> decode(String path, String text) {
        byte[] secret;
        try {
            // Line breaks are skipped as Go skips them; the padding must be there, which Java alone would not demand.
            String compact = text.replace("\r", "").replace("\n", "");
            if (compact.length() % 4 != 0) {
                throw new IllegalArgumentException("padding");
            }
            secret = Base64.getDecoder().decode(compact);
        } catch (IllegalArgumentException _) {
            fields.problem(path, "Invalid value: \"REDACTED\": secrets must be base64 encoded");
            return Optional.empty();
        }
        if (!LENGTHS.contains(secret.length)) {
            fields.problem(
                    path,
                    "Invalid value: \"REDACTED\": secret is not of the expected length, got " + secret.length
                            + ", expected one of [16 24 32]");
            return Optional.empty();
        }
        return Optional.of(secret);
    }
}

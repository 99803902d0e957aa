package dev.muster.crypto.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which resources are sealed, and with what: Kubernetes' {@code EncryptionConfiguration}. Providers are {@code aesgcm} and
 * {@code identity}; others are refused by the path of their field.
 */
public final class EncryptionConfiguration {

    private static final String API_VERSION = "apiserver.config.k8s.io/v1";
    private static final String KIND = "EncryptionConfiguration";

    private final List<Rule> rules;

    private record Rule(List<ResourceNames.GroupResource> resources, Sealer sealer) {}

    private EncryptionConfiguration(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The outcome of parsing. */
    public sealed interface Parsed {

        /** The configuration is whole. */
        record Valid(EncryptionConfiguration configuration) implements Parsed {}

        /** The configuration is refused; all that is wrong with it. */
        record Invalid(List<Problem> problems) implements Parsed {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Reads a configuration.
     *
     * @param document the document, as a YAML or JSON parser gives it: maps, lists, strings
     */
    public static Parsed parse(Map<String, Object> document, SecureRandom random) {
        var problems = new ArrayList<Problem>();
        var fields = new Fields(problems);
        fields.object("", document, Set.of("apiVersion", "kind", "resources"));
        if (!API_VERSION.equals(document.get("apiVersion"))) {
            fields.problem("apiVersion", "must be " + API_VERSION);
        }
        if (!KIND.equals(document.get("kind"))) {
            fields.problem("kind", "must be " + KIND);
        }
        var rules = new ArrayList<Rule>();
        List<?> entries = fields.list("resources", document.get("resources"), "resources");
        for (int i = 0; i < entries.size(); i++) {
            String path = "resources[" + i + "]";
            fields.object(path, entries.get(i), Set.of("resources", "providers"))
                    .map(entry -> rule(path, entry, fields, random))
                    .ifPresent(rules::add);
        }
        return problems.isEmpty() ? new Parsed.Valid(new EncryptionConfiguration(rules)) : new Parsed.Invalid(problems);
    }

    private static Rule rule(String path, Map<?, ?> entry, Fields fields, SecureRandom random) {
        String names = path + ".resources";
        String providers = path + ".providers";
        return new Rule(
                ResourceNames.parse(names, fields.list(names, entry.get("resources"), names), fields),
                new Sealer(new Providers(fields, random)
                        .parse(providers, fields.list(providers, entry.get("providers"), providers))));
    }

    /**
     * What seals a resource: that of the first entry that names it. Empty = it is stored as it is.
     *
     * @param group empty for the core group
     */
    public Optional<Sealer> sealer(String group, String resource) {
        return rules.stream()
                .filter(rule -> rule.resources.stream().anyMatch(name -> name.covers(group, resource)))
                .map(Rule::sealer)
                .findFirst();
    }

    /**
     * The text of a new configuration with one fresh 256-bit key, to be kept in a file of mode 0600, better not on the
     * disk of the store.
     *
     * @param resources what to seal, such as {@code secrets}; nothing stored in plain is read
     */
    public static String generate(SecureRandom random, List<String> resources) {
        var secret = new byte[32];
        random.nextBytes(secret);
        var names = new StringBuilder();
        resources.forEach(name -> names.append("      - \"").append(name).append("\"\n"));
        return """
                apiVersion: %s
                kind: %s
                resources:
                  - resources:
                %s    providers:
                      - aesgcm:
                          keys:
                            - name: key1
                              secret: %s
                """.formatted(API_VERSION, KIND, names, Base64.getEncoder().encodeToString(secret));
    }
}

package dev.muster.server.bootstraptoken;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.core.secret.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A token that does not exist yet.
 *
 * @param id six small letters and digits
 * @param secret sixteen of them
 */
record NewToken(String id, Secret secret) {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /**
     * What it will be good for.
     *
     * @param expiration to the second; empty = for ever
     */
    record Terms(List<Usage> usages, List<String> groups, String description, Optional<Instant> expiration) {}

    /** @param random a secure one */
    static NewToken of(RandomGenerator random) {
        return new NewToken(text(random, 6), Secret.of(text(random, 16)));
    }

    private static String text(RandomGenerator random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** As it is presented. */
    Secret whole() {
        return Secret.of(id + "." + secret.reveal());
    }

    /** The Secret that makes it good. */
    ObjectNode object(Terms terms) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", "Secret").put("type", BootstrapToken.TYPE);
        tree.putObject("metadata")
                .put("namespace", BootstrapToken.NAMESPACE)
                .put("name", BootstrapToken.NAME_PREFIX + id);
        ObjectNode data = tree.putObject("stringData");
        data.put("token-id", id).put("token-secret", secret.reveal());
        terms.usages().forEach(usage -> data.put(usage.key(), "true"));
        terms.expiration()
                .ifPresent(end -> data.put(
                        "expiration", end.truncatedTo(ChronoUnit.SECONDS).toString()));
        if (!terms.groups().isEmpty()) {
            data.put("auth-extra-groups", String.join(",", terms.groups()));
        }
        if (!terms.description().isEmpty()) {
            data.put("description", terms.description());
        }
        return tree;
    }
}

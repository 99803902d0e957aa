package dev.muster.server.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Yaml;
import dev.muster.core.store.Key;
import dev.muster.core.store.Store;
import dev.muster.crypto.seal.EncryptionConfiguration;
import dev.muster.crypto.seal.EncryptionConfiguration.Parsed;
import dev.muster.crypto.seal.Sealer;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.flags.Problem;
import dev.muster.store.sealed.SealedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Seals the values of secrets at rest, by the user's EncryptionConfiguration or one that is made with the data directory. A
 * key that is missing is never replaced: what it sealed would be lost.
 */
final class Sealing {

    private static final String CORE = "core";
    private static final String ROOT = "/registry/";

    private Sealing() {}

    static Store over(Store store, DataDir dir, Optional<Path> users, SecureRandom random)
            throws ConfigurationException {
        Path file = users.orElse(dir.encryptionConfiguration());
        try {
            if (users.isEmpty() && !Files.exists(file)) {
                if (store.revision().value() > 0) {
                    throw new ConfigurationException(
                            "--encryption-provider-config",
                            file + " is missing and the store has data: put it back, or name where it lies now");
                }
                PrivateFile.write(file, EncryptionConfiguration.generate(random, List.of("secrets")));
            }
            return over(store, read(file, random));
        } catch (IOException e) {
            throw new ConfigurationException("--encryption-provider-config", file + ": " + e.getMessage());
        }
    }

    private static Store over(Store store, EncryptionConfiguration configuration) {
        Map<String, Optional<Sealer>> known = new ConcurrentHashMap<>();
        return new SealedStore(
                store,
                key -> resource(key)
                        .flatMap(resource -> known.computeIfAbsent(resource, name -> {
                            int slash = name.indexOf('/');
                            String group = name.substring(0, slash);
                            return configuration.sealer(group.equals(CORE) ? "" : group, name.substring(slash + 1));
                        })));
    }

    /** {@code group/plural} of a key of an API object. */
    private static Optional<String> resource(Key key) {
        String path = key.path();
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        int group = path.indexOf('/', ROOT.length());
        int plural = group < 0 ? -1 : path.indexOf('/', group + 1);
        return plural < 0 ? Optional.empty() : Optional.of(path.substring(ROOT.length(), plural));
    }

    private static EncryptionConfiguration read(Path file, SecureRandom random)
            throws IOException, ConfigurationException {
        JsonNode document;
        try {
            document = Yaml.parseObject(Files.readAllBytes(file)).value();
        } catch (MalformedBody e) {
            throw new ConfigurationException("--encryption-provider-config", file + ": " + e.getMessage());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        document.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
        return switch (EncryptionConfiguration.parse(fields, random)) {
            case Parsed.Valid valid -> valid.configuration();
            case Parsed.Invalid invalid ->
                throw new ConfigurationException(invalid.problems().stream()
                        .map(problem -> new Problem(file + ": " + problem.path(), problem.message()))
                        .toList());
        };
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            node.forEach(item -> list.add(plain(item)));
            return list;
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }
}

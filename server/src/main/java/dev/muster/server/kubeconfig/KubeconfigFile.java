package dev.muster.server.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Yaml;
import dev.muster.core.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What a kubeconfig of anybody's presents for its current context. Reading runs nothing and contacts nobody.
 *
 * @param context the current context
 * @param server the cluster's URL; empty when not said
 * @param caPem the authorities to trust for it, if there are any
 * @param certificatePem the client certificate, if there is one
 * @param keyPem its key, if there is one
 * @param token the token, if there is one
 * @param command the exec plugin or auth provider that would have to be run, if there is one
 */
public record KubeconfigFile(
        String context,
        String server,
        Optional<String> caPem,
        Optional<String> certificatePem,
        Optional<Secret> keyPem,
        Optional<Secret> token,
        Optional<String> command) {

    private static final long LARGEST = 1 << 20;

    /**
     * Reads a file's content.
     *
     * @param folder relative paths in it are relative to this
     * @throws IOException with a sentence when it is no kubeconfig or names what is not there
     */
    public static KubeconfigFile read(byte[] content, Path folder) throws IOException {
        JsonNode root;
        try {
            root = Yaml.parseObject(content).value();
        } catch (MalformedBody e) {
            throw new IOException("not a kubeconfig: " + e.getMessage(), e);
        }
        if (!root.path("kind").asText().equals("Config") && !root.has("contexts")) {
            throw new IOException("not a kubeconfig: kind is not Config");
        }
        String current = root.path("current-context").asText("");
        JsonNode context = named(root.path("contexts"), current, "context")
                .orElseThrow(() -> new IOException("the kubeconfig has no current context"));
        JsonNode user = named(root.path("users"), context.path("user").asText(""), "user")
                .orElseThrow(() -> new IOException("the kubeconfig has no user for context " + current));
        JsonNode cluster = named(root.path("clusters"), context.path("cluster").asText(""), "cluster")
                .orElse(MissingNode.getInstance());
        return new KubeconfigFile(
                current,
                cluster.path("server").asText(""),
                text(cluster, "certificate-authority", folder),
                text(user, "client-certificate", folder),
                text(user, "client-key", folder).map(Secret::of),
                token(user, folder),
                command(user));
    }

    private static Optional<JsonNode> named(JsonNode list, String name, String field) {
        for (JsonNode item : list) {
            if (item.path("name").asText().equals(name) && item.path(field).isObject()) {
                return Optional.of(item.path(field));
            }
        }
        return Optional.empty();
    }

    private static Optional<Secret> token(JsonNode user, Path folder) throws IOException {
        if (!user.path("token").asText("").isEmpty()) {
            return Optional.of(Secret.of(user.path("token").asText()));
        }
        String file = user.path("tokenFile").asText("");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(Secret.of(new String(bounded(folder.resolve(file)), StandardCharsets.UTF_8).strip()));
    }

    private static Optional<String> command(JsonNode user) {
        if (user.path("exec").isObject()) {
            return Optional.of(user.path("exec").path("command").asText("?"));
        }
        return user.path("auth-provider").isObject()
                ? Optional.of("auth-provider "
                        + user.path("auth-provider").path("name").asText("?"))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode entry, String field, Path folder) throws IOException {
        String data = entry.path(field + "-data").asText("");
        if (!data.isEmpty()) {
            try {
                return Optional.of(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new IOException("the kubeconfig's " + field + "-data is not base64", e);
            }
        }
        String file = entry.path(field).asText("");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(bounded(folder.resolve(file)), StandardCharsets.UTF_8));
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than a certificate or token can be");
        }
        return Files.readAllBytes(file);
    }
}

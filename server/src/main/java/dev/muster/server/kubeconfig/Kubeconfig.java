package dev.muster.server.kubeconfig;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Yaml;
import dev.muster.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A kubeconfig for one person and one cluster (kind Config, apiVersion v1).
 *
 * @param cluster the cluster's name
 * @param server its URL
 * @param caPem certificates to trust, PEM
 * @param person the name of user and context
 * @param credential what the person presents
 */
public record Kubeconfig(String cluster, String server, String caPem, String person, Credential credential) {

    /** What a kubeconfig presents. */
    public sealed interface Credential {
        record Certificate(String chainPem, Secret keyPem) implements Credential {}

        record Token(Secret token) implements Credential {}

        /**
         * Nothing that counts: a user name and password, which the API takes for no credential at all. Without any entry
         * kubectl would stop and ask for one.
         */
        record Nothing() implements Credential {}
    }

    /** The file's content. */
    public byte[] toYaml() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", "v1").put("kind", "Config");
        var clusterEntry = root.putArray("clusters").addObject();
        clusterEntry.put("name", cluster);
        clusterEntry.putObject("cluster").put("server", server).put("certificate-authority-data", base64(caPem));
        var context = root.putArray("contexts").addObject();
        context.put("name", person + "@" + cluster);
        context.putObject("context").put("cluster", cluster).put("user", person);
        root.put("current-context", person + "@" + cluster);
        var userEntry = root.putArray("users").addObject();
        userEntry.put("name", person);
        fill(userEntry.putObject("user"));
        return Yaml.write(root);
    }

    /** A kubeconfig of nobody: where the API is and whose certificates it has, as {@code cluster-info} holds it. */
    public static byte[] ofCluster(String server, String caPem) {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", "v1").put("kind", "Config").put("current-context", "");
        var entry = root.putArray("clusters").addObject();
        entry.put("name", "");
        entry.putObject("cluster").put("server", server).put("certificate-authority-data", base64(caPem));
        root.putArray("contexts");
        root.putArray("users");
        root.putObject("preferences");
        return Yaml.write(root);
    }

    private void fill(ObjectNode user) {
        switch (credential) {
            case Credential.Certificate c ->
                user.put("client-certificate-data", base64(c.chainPem()))
                        .put("client-key-data", base64(c.keyPem().reveal()));
            case Credential.Token t -> user.put("token", t.token().reveal());
            case Credential.Nothing _ -> user.put("username", person).put("password", "none");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

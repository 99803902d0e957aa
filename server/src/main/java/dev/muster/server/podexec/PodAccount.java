package dev.muster.server.podexec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Plain;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node would give to one pod. */
final class PodAccount {

    /** What the ServiceAccount admission asks for. */
    private static final int SECONDS = 3607;

    private final ApiClient api;
    private final String namespace;
    private final String pod;
    private final String uid;
    private final String account;

    private PodAccount(ApiClient api, String namespace, JsonNode pod) {
        this.api = api;
        this.namespace = namespace;
        this.pod = pod.path("metadata").path("name").asText();
        this.uid = pod.path("metadata").path("uid").asText();
        this.account = pod.path("spec").path("serviceAccountName").asText("default");
    }

    /**
     * Files, and when the token ends by its own word.
     *
     * @param files contents by name
     */
    record Given(Map<String, String> files, Instant until) {}

    static PodAccount find(ApiClient api, String namespace, String pod) throws IOException, InterruptedException {
        var answer = api.get("/api/v1/namespaces/" + namespace + "/pods/" + pod);
        return new PodAccount(api, namespace, good(answer, 200));
    }

    /** A token of now, with the CA and the namespace. */
    Given ask() throws IOException, InterruptedException {
        var request = JsonNodeFactory.instance.objectNode();
        request.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        var spec = request.putObject("spec").put("expirationSeconds", SECONDS);
        spec.putObject("boundObjectRef")
                .put("kind", "Pod")
                .put("apiVersion", "v1")
                .put("name", pod)
                .put("uid", uid);
        String core = "/api/v1/namespaces/" + namespace;
        var status = good(api.post(core + "/serviceaccounts/" + account + "/token", request), 201)
                .path("status");
        var ca = good(api.get(core + "/configmaps/kube-root-ca.crt"), 200);
        var files = new LinkedHashMap<String, String>();
        files.put("ca.crt", ca.path("data").path("ca.crt").asText());
        files.put("namespace", namespace);
        files.put("token", status.path("token").asText());
        return new Given(files, Instant.parse(status.path("expirationTimestamp").asText()));
    }

    private static JsonNode good(ApiClient.Answer answer, int code) throws IOException {
        if (answer.code() != code) {
            throw new IOException("the server answers " + answer.code() + ": " + Plain.text(answer.message()));
        }
        return answer.body();
    }
}

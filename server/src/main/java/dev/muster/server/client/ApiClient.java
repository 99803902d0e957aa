package dev.muster.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Asks a server's API. Every failure is a sentence. */
public final class ApiClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 20;

    private final URI server;
    private final KubeconfigFile who;
    private final HttpClient http;

    private ApiClient(URI server, KubeconfigFile who, HttpClient http) {
        this.server = server;
        this.who = who;
        this.http = http;
    }

    /**
     * What came back.
     *
     * @param body empty where it is no JSON object
     */
    public record Answer(int code, JsonNode body) {

        /** The message of a Status. */
        public String message() {
            return body.path("message").asText("");
        }
    }

    /**
     * A client of this server.
     *
     * @param url the server, {@code https} only
     * @param who what is presented to it: a client certificate or a token, never both from a command
     */
    public static ApiClient of(String url, KubeconfigFile who) throws IOException {
        if (who.command().isPresent()
                && who.token().isEmpty()
                && who.certificatePem().isEmpty()) {
            throw new IOException("the kubeconfig gets its credential from a command ("
                    + Plain.text(who.command().get()) + "): give one with a certificate or a token");
        }
        var client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(ClientTls.of(who))
                .build();
        return new ApiClient(uri(url), who, client);
    }

    private static URI uri(String url) throws IOException {
        try {
            var uri = new URI(url);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IOException("the kubeconfig's server is no https URL: " + Plain.text(url));
    }

    /** GET of a path, which begins with a slash. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** POST of an object. */
    public Answer post(String path, JsonNode object) throws IOException, InterruptedException {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(Json.write(object)));
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher content)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + path))
                .timeout(PATIENCE)
                .method(method, content)
                .header("Accept", "application/json");
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        who.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(LARGEST + 1);
                if (body.length > LARGEST) {
                    throw new IOException("the answer of " + server + " is too large");
                }
                return new Answer(response.statusCode(), json(body));
            }
        } catch (ConnectException e) {
            throw new IOException("no server answers at " + server + ": is it running?", e);
        } catch (HttpTimeoutException e) {
            throw new IOException(server + " did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (SSLException e) {
            throw new IOException(
                    server + " did not prove that it is the server of the kubeconfig: " + Plain.text(e.getMessage()),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the kubeconfig's token cannot be sent: it has characters that no token has", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.parseObject(body).value();
        } catch (MalformedBody e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

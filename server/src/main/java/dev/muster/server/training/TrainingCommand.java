package dev.muster.server.training;

import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.config.ApiserverFlags;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.wiring.Apiserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** {@code muster aot-training}, run once by the build. */
public final class TrainingCommand implements Command {

    private static final int ROUNDS = 3;
    private static final String REVIEW = """
            {"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}""";
    private static final String CONFIG_MAP = """
            {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"trained-%d"},"data":{"k":"v"}}""";

    /** Not listed. */
    @Override
    public String summary() {
        return "";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        Path folder = Files.createTempDirectory("muster-training");
        try {
            // Twice: a first start makes what a later one reads.
            for (int start = 0; start < 2; start++) {
                train(folder, start);
            }
        } finally {
            delete(folder);
        }
        return OK;
    }

    private static void train(Path folder, int start) throws Exception {
        var flags = ApiserverFlags.all().parse(List.of("--data-dir=" + folder, "--secure-port=0"));
        var random = new SecureRandom();
        var options = ApiserverOptions.from(flags, Map.of());
        try (var server = Apiserver.start(options, DataDir.open(folder), InstantSource.system(), random)) {
            CertifiedKey admin = server.authority().client("trainer", List.of("system:masters"), Duration.ofHours(1));
            try (HttpClient client = HttpClient.newBuilder()
                    .sslContext(tls(admin, server.authority().certificate()))
                    .build()) {
                for (int round = 0; round < ROUNDS; round++) {
                    requests(client, server.url(), start * ROUNDS + round);
                }
            }
        }
    }

    private static void requests(HttpClient client, String url, int number) throws Exception {
        for (String path : List.of("/readyz", "/version", "/api", "/apis", "/api/v1", "/openapi/v3")) {
            get(client, url + path);
        }
        post(client, url + "/apis/authentication.k8s.io/v1/selfsubjectreviews", REVIEW);
        String maps = url + "/api/v1/namespaces/default/configmaps";
        post(client, maps, CONFIG_MAP.formatted(number));
        get(client, maps + "/trained-" + number);
        get(client, url + "/api/v1/nodes?limit=500");
        get(client, url + "/apis/rbac.authorization.k8s.io/v1/clusterroles");
    }

    private static void get(HttpClient client, String url) throws Exception {
        client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static void post(HttpClient client, String url, String body) throws Exception {
        client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static SSLContext tls(CertifiedKey person, X509Certificate ca)
            throws GeneralSecurityException, IOException {
        char[] none = {};
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, none);
        keys.setKeyEntry("me", person.key(), none, person.chain().toArray(X509Certificate[]::new));
        keys.setCertificateEntry("ca", ca);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, none);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.Pem;
import dev.muster.crypto.x509.PublicKeyHash;
import dev.muster.it.wire.Wire.Answer;
import dev.muster.server.command.Terminal;
import dev.muster.server.why.WhyCommand;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import dev.muster.testkit.issuer.TestToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One server that knows every way of saying who one is, with somebody for each, and what is lacking for a refusal. */
final class Seeds implements AutoCloseable {

    static final SigningKey ISSUERS = SigningKey.rsa("seeds");
    private static final SigningKey ACCOUNTS = SigningKey.of("", "ES256");
    private static final Pattern ID = Pattern.compile("refused \\(id ([a-z0-9]+)\\)");
    private static final ObjectMapper JSON = new ObjectMapper();

    final TestCa users = TestCa.root("users");
    final TestCa proxies = TestCa.root("proxies");
    final TestIssuer issuer = TestIssuer.start(ISSUERS);
    final WholeServer server;
    private final Path folder;

    Seeds(Path folder) throws Exception {
        this.folder = folder;
        Path accounts =
                pem("sa.key", "PRIVATE KEY", ACCOUNTS.pair().getPrivate().getEncoded());
        server = WholeServer.start(
                folder,
                "--authorization-mode=Node,RBAC",
                "--enable-bootstrap-token-auth",
                "--client-ca-file=" + certificates("users.pem", users),
                "--requestheader-client-ca-file=" + certificates("proxies.pem", proxies),
                "--requestheader-allowed-names=front-proxy",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--service-account-issuer=https://accounts.example",
                "--service-account-key-file=" + accounts,
                "--service-account-signing-key-file=" + accounts,
                "--oidc-issuer-url=" + issuer.url(),
                "--oidc-ca-file=" + certificates("issuer.pem", issuer),
                "--oidc-client-id=kubernetes",
                "--oidc-username-claim=preferred_username",
                "--oidc-username-prefix=oidc:",
                "--oidc-groups-claim=groups",
                "--oidc-required-claim=tenant=acme",
                "--oidc-signing-algs=RS256");
    }

    private Path certificates(String name, TestCa authority) throws Exception {
        return Files.writeString(folder.resolve(name), Pem.write(List.of(authority.certificate())));
    }

    private Path certificates(String name, TestIssuer authority) throws Exception {
        return Files.writeString(folder.resolve(name), Pem.write(List.of(authority.authority())));
    }

    private Path pem(String name, String kind, byte[] der) throws Exception {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    // Objects, made by the administrator.

    /** With single quotes for double ones. */
    JsonNode make(String target, String json) throws Exception {
        var made = admin("POST", target, json);
        assertThat(made.status()).as(made.text()).isBetween(200, 299);
        return JSON.readTree(made.body());
    }

    void delete(String target) throws Exception {
        var gone = admin("DELETE", target, "{'gracePeriodSeconds':0}");
        assertThat(gone.status()).as(gone.text()).isBetween(200, 299);
    }

    private Answer admin(String method, String target, String json) throws Exception {
        try (var wire = Wire.presenting(server.admin(), server.port(), "TLSv1.3")) {
            return wire.send(
                    method,
                    target,
                    List.of("Content-Type: application/json"),
                    json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
    }

    void allow(String role, String user, String rules) throws Exception {
        String rbac = "/apis/rbac.authorization.k8s.io/v1";
        make(rbac + "/clusterroles", "{'metadata':{'name':'" + role + "'},'rules':" + rules + "}");
        make(
                rbac + "/clusterrolebindings",
                "{'metadata':{'name':'" + role + "'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                        + "'kind':'ClusterRole','name':'" + role + "'},'subjects':[{'apiGroup':"
                        + "'rbac.authorization.k8s.io','kind':'User','name':'" + user + "'}]}");
    }

    void revoke(String name, String spec) throws Exception {
        make(
                "/apis/identity.muster.dev/v1alpha1/revocations",
                "{'metadata':{'name':'" + name + "'},'spec':" + spec + "}");
    }

    void revoke(String name, CertifiedKey certificate) throws Exception {
        String key = PublicKeyHash.of(certificate.certificate().getPublicKey());
        revoke(name, "{'certificate':{'publicKeyHash':'" + key + "'}}");
    }

    void bootstrapToken(String id, String more) throws Exception {
        make(
                "/api/v1/namespaces/kube-system/secrets",
                "{'metadata':{'name':'bootstrap-token-" + id + "'},'type':'bootstrap.kubernetes.io/token','stringData':"
                        + "{'token-id':'" + id + "','token-secret':'0123456789abcdef'" + more + "}}");
    }

    String account(String name) throws Exception {
        return make("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'" + name + "'}}")
                .at("/metadata/uid")
                .asText();
    }

    String accountToken(String name, String spec) throws Exception {
        return make("/api/v1/namespaces/default/serviceaccounts/" + name + "/token", "{'spec':" + spec + "}")
                .at("/status/token")
                .asText();
    }

    /** A service account's token with a claim changed and signed anew. */
    String changed(String token, String claim, long value) throws Exception {
        String[] parts = token.split("\\.");
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        var payload = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        return ACCOUNTS.sign(header, payload.put(claim, value).toString());
    }

    /** A good token of the issuer. */
    TestToken token() {
        return issuer.token("kubernetes", Instant.now())
                .text("preferred_username", "jane")
                .text("tenant", "acme")
                .with("groups", "[\"developers\"]");
    }

    static CertificateSpec certificate(String name, String... groups) {
        var now = Instant.now();
        return CertificateSpec.client(name, groups)
                .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    // What strangers send.

    Answer get(String path, String... lines) throws Exception {
        return send(Wire.anonymous(server.port(), "TLSv1.3"), "GET", path, "", lines);
    }

    Answer bearing(String token, String path, String... lines) throws Exception {
        var all = new ArrayList<>(List.of(lines));
        all.add("Authorization: Bearer " + token);
        return get(path, all.toArray(String[]::new));
    }

    Answer presenting(CertifiedKey who, String path, String... lines) throws Exception {
        return send(Wire.presenting(who, server.port(), "TLSv1.3"), "GET", path, "", lines);
    }

    Answer review(String token) throws Exception {
        return send(
                Wire.presenting(server.admin(), server.port(), "TLSv1.3"),
                "POST",
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{\"spec\":{\"token\":\"" + token + "\"}}",
                "Content-Type: application/json");
    }

    private static Answer send(Wire wire, String method, String path, String body, String... lines) throws Exception {
        try (wire) {
            return wire.send(method, path, List.of(lines), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What the client was told of it: the id in the warning, or else the audit id. */
    static String id(Answer refused) {
        var warning = ID.matcher(refused.header("warning"));
        return warning.find() ? warning.group(1) : refused.header("audit-id");
    }

    /** What {@code muster why} prints of it. */
    String why(String id) throws Exception {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(new ByteArrayInputStream(new byte[0]), stream, stream, Map.of());
        int status = new WhyCommand().run(List.of("--data-dir=" + folder.resolve("data"), id), terminal);
        assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        issuer.close();
    }
}

package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that are to make somebody of jane, sent by her through real proxies in their documented configuration: whom the server took
 * the sender for, and what arrived there.
 */
class SmugglingThroughProxiesTest {

    private static final String BODY = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    private static final String BASIC = "Authorization: Basic "
            + Base64.getEncoder().encodeToString("jane:janes-example-password".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern NAME = Pattern.compile("\"username\":\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("(?:\"code\":|<h1>)(\\d+)");
    private static final Pattern ASSERTED = Pattern.compile("(?im)^x[-_]remote[-_][^\r\n]*");

    /** What the proxies say of jane, and nothing more. */
    private static final List<String> NGINX = List.of(
            "x-remote-user: jane",
            "x-remote-uid: u-1001",
            "x-remote-group: developers",
            "x-remote-extra-example.com%2fdoor: nginx");

    private static final List<String> HAPROXY = List.of(
            "x-remote-user: jane",
            "x-remote-uid: u-1001",
            "x-remote-group: developers",
            "x-remote-extra-example.com%2fdoor: haproxy");

    @TempDir
    static Path folder;

    private static WholeServer server;
    private static Recorder recorder;
    private static RealProxy nginx;
    private static RealProxy haproxy;

    /** Without a recorder between: it speaks HTTP/2 to the server, which that does not. */
    private static RealProxy straight;

    @BeforeAll
    static void start() throws Exception {
        var ca =
                CertificateAuthority.create("proxies", Duration.ofDays(30), InstantSource.system(), new SecureRandom());
        CertifiedKey proxy = ca.issueClient("front-proxy", List.of(), Duration.ofDays(1));
        CertifiedKey serving = ca.issueServing("kubernetes", List.of("kubernetes", "localhost"), Duration.ofDays(1));
        Path bundle = write("muster-ca.crt", Pem.write(List.of(ca.certificate())));
        write("front-proxy.crt", Pem.write(proxy.chain()));
        write("front-proxy.key", Pem.write(proxy.key()));
        write("front-proxy.pem", Pem.write(proxy.chain()) + Pem.write(proxy.key()));
        write("localhost.crt", Pem.write(serving.chain()));
        write("localhost.key", Pem.write(serving.key()));
        write("localhost.pem", Pem.write(serving.chain()) + Pem.write(serving.key()));
        write("people", "jane:{PLAIN}janes-example-password\n");
        server = WholeServer.start(
                folder,
                "--requestheader-client-ca-file=" + bundle,
                "--requestheader-allowed-names=front-proxy",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-uid-headers=X-Remote-Uid",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-");
        recorder = new Recorder(serving, proxy, server.port());
        nginx = RealProxy.nginx(folder, recorder.port());
        haproxy = RealProxy.haproxy(folder, recorder.port());
        Path other = Files.createDirectory(folder.resolve("straight"));
        for (String name : List.of("front-proxy.pem", "localhost.pem")) {
            Files.copy(folder.resolve(name), other.resolve(name));
        }
        Files.copy(folder.resolve("data/pki/ca.crt"), other.resolve("muster-ca.crt"));
        straight = RealProxy.haproxy(other, server.port());
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
        haproxy.close();
        straight.close();
        recorder.close();
        server.close();
    }

    /**
     * One attack.
     *
     * @param nginx through nginx: {@code jane} = one request arrived, and is hers; {@code 400} = the proxy's own answer, nothing
     *     arrived; {@code server 400} = it arrived and was refused
     * @param haproxy the same through HAProxy
     */
    record Attack(String what, String nginx, String haproxy, String request) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Attack lines(String what, String nginx, String haproxy, String... lines) {
        return new Attack(what, nginx, haproxy, request("HTTP/1.1", lines));
    }

    private static String request(String version, String... lines) {
        return head(version) + String.join("\r\n", lines) + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    }

    private static String head(String version) {
        return "POST /apis/authentication.k8s.io/v1/selfsubjectreviews " + version + "\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\n" + BASIC + "\r\n";
    }

    static Stream<Attack> attacks() {
        String user = "X-Remote-User: mallory";
        String group = "X-Remote-Group: system:masters";
        String chunk = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n";
        String second = "GET /api HTTP/1.1\r\nHost: x\r\n" + user + "\r\n" + group + "\r\n\r\n";
        return Stream.of(
                lines("the control", "jane", "jane", "Accept: application/json"),
                lines("the plain headers", "jane", "jane", user, group),
                lines("in other cases", "jane", "jane", "x-remote-USER: mallory", "X-REMOTE-GROUP: system:masters"),
                lines("many times", "jane", "jane", user, user, group, group, user),
                lines("underscores", "jane", "jane", "X_Remote_User: mallory", "X_REMOTE_GROUP: system:masters"),
                lines("an extra field", "jane", "jane", "X-Remote-Extra-Scopes: system:masters"),
                lines("an encoded extra field", "jane", "jane", "X-Remote-Extra-%53copes%2f: system:masters"),
                lines(
                        "CVE-2021-31999 named in Connection",
                        "jane",
                        "jane",
                        "Connection: close, X-Remote-User, X-Remote-Group"),
                lines("named in TE and Trailer", "jane", "jane", "TE: X-Remote-User", "Trailer: X-Remote-User"),
                lines("a blank before the colon", "400", "400", "X-Remote-User : mallory"),
                lines("a tab before the colon", "400", "400", "X-Remote-Group\t: system:masters"),
                lines("a blank before the name", "400", "jane", "X-Note: a", " X-Remote-User: mallory"),
                lines("a tab before the name", "400", "jane", "X-Note: a", "\tX-Remote-Group: system:masters"),
                lines("a NUL in the name", "400", "400", "X-Remote-User\0: mallory"),
                lines("a NUL in a value", "400", "server 400", "X-Note: a\0" + user),
                lines("a carriage return in a value", "400", "400", "X-Note: a\r" + user),
                lines("a line feed alone", "jane", "jane", "X-Note: a\n" + user),
                lines("a vertical tab", "jane", "server 400", "X-Note: a\u000b" + user),
                lines("a name of bytes beyond ASCII", "jane", "400", "X-Remote-Us\u00e9r: mallory"),
                lines("a percent-encoded name", "jane", "jane", "X-Remote%2dUser: mallory"),
                lines("a percent-encoded line feed", "jane", "jane", "X-Note: a%0d%0a" + user),
                lines("a name of 200,000 bytes", "400", "400", "X-Remote-User: " + "m".repeat(200_000)),
                lines(
                        "2,000 lines",
                        "400",
                        "400",
                        Stream.generate(() -> group).limit(2000).toArray(String[]::new)),
                lines("impersonation as well", "403", "server 403", "Impersonate-User: mallory"),
                lines("a second Authorization", "400", "jane", "Authorization: Bearer abc"),
                new Attack("HTTP/1.0", "jane", "jane", request("HTTP/1.0", user)),
                new Attack("HTTP/0.9", "HTTP/0.9", "400", "GET /api\r\n" + user + "\r\n\r\n"),
                new Attack("a version of its own", "jane", "400", request("HTTP/1.1 ", user)),
                new Attack(
                        "both ways of telling a length",
                        "400",
                        "server 400",
                        head("HTTP/1.1") + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second),
                new Attack(
                        "chunked, spelled oddly",
                        "501",
                        "400",
                        head("HTTP/1.1") + "Content-Length: 5\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"
                                + second),
                new Attack(
                        "two lengths",
                        "400",
                        "400",
                        head("HTTP/1.1") + "Content-Length: 0\r\nContent-Length: " + second.length() + "\r\n\r\n"
                                + second),
                new Attack(
                        "a length with a sign", "400", "400", head("HTTP/1.1") + "Content-Length: +0\r\n\r\n" + second),
                new Attack(
                        "a chunk's extension with a line feed",
                        "server 400",
                        "server 400",
                        head("HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n2;a\nxx\r\n0\r\n\r\n" + second),
                new Attack(
                        "in the trailer",
                        "jane",
                        "jane",
                        head("HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n" + chunk + user + "\r\n" + group
                                + "\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void throughNginx(Attack attack) throws Exception {
        assertThat(verdict(nginx, attack, NGINX)).isEqualTo(attack.nginx());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void throughHaproxy(Attack attack) throws Exception {
        assertThat(verdict(haproxy, attack, HAPROXY)).isEqualTo(attack.haproxy());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void throughHaproxyThatSpeaksHttp2ToTheServer(Attack attack) throws Exception {
        // What the server resets is HAProxy's 502.
        String same = attack.haproxy().replace("server ", "");
        assertThat(send(straight, attack.request())).isIn(same, attack.haproxy().equals("server 400") ? "502" : same);
    }

    private static String verdict(RealProxy proxy, Attack attack, List<String> assertion) throws Exception {
        recorder.taken();
        return verdict(send(proxy, attack.request()), assertion);
    }

    private static String verdict(String answer, List<String> assertion) {
        var passed = recorder.taken();
        assertThat(recorder.sawStranger()).isFalse();
        // HAProxy passes a trailer on; nobody reads names from there, as the verdict says.
        String head = passed.heads().split("\r\n\r\n", 2)[0];
        var asserted = ASSERTED.matcher(head)
                .results()
                .map(line -> line.group().toLowerCase(Locale.ROOT))
                .toList();
        if (!asserted.isEmpty()) {
            assertThat(asserted).as(passed.heads()).containsExactlyInAnyOrderElementsOf(assertion);
        }
        if (passed.answers() == 0) {
            // Nothing arrived, or half a request did.
            return answer;
        }
        assertThat(asserted).as(passed.heads()).isNotEmpty();
        assertThat(passed.answers())
                .as("requests that arrived: %s", passed.heads())
                .isEqualTo(1);
        return answer.matches("\\d+") ? "server " + answer : answer;
    }

    /** Whose review it is, or the status; {@code closed} without an answer. */
    private static String send(RealProxy proxy, String request) throws Exception {
        try (Wire wire = Wire.anonymous(proxy.port(), "TLSv1.3")) {
            var answer = wire.raw(request.getBytes(StandardCharsets.ISO_8859_1), false);
            var name = NAME.matcher(answer.text());
            return answer.status() == 201 && name.find() ? name.group(1) : Integer.toString(answer.status());
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return "HTTP/0.9";
        } catch (IOException _) {
            return "closed";
        }
    }

    /**
     * One over HTTP/2.
     *
     * @param more header fields, names and values in turn
     * @param trailers the same
     */
    record Attack2(String what, String nginx, String haproxy, List<String> more, List<String> trailers) {
        @Override
        public String toString() {
            return what;
        }

        List<String> fields() {
            var fields = new ArrayList<>(List.of(
                    ":method", "POST",
                    ":scheme", "https",
                    ":authority", "localhost",
                    ":path", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                    "content-type", "application/json",
                    "authorization", BASIC.substring("Authorization: ".length())));
            fields.addAll(more);
            return fields;
        }
    }

    private static Attack2 fields(String what, String nginx, String haproxy, String... more) {
        return new Attack2(what, nginx, haproxy, List.of(more), List.of());
    }

    static Stream<Attack2> attacksOverHttp2() {
        return Stream.of(
                fields("the control", "jane", "jane", "accept", "application/json"),
                fields(
                        "the plain headers",
                        "jane",
                        "jane",
                        "x-remote-user",
                        "mallory",
                        "x-remote-group",
                        "system:masters"),
                fields("underscores", "jane", "jane", "x_remote_user", "mallory"),
                fields("an extra field", "jane", "jane", "x-remote-extra-%53copes", "system:masters"),
                fields("upper case", "no answer", "no answer", "X-Remote-User", "mallory"),
                fields("a blank in the name", "no answer", "no answer", "x-remote-user ", "mallory"),
                fields("a colon in the name", "no answer", "no answer", "x-remote-user:", "mallory"),
                fields("a line break in the name", "no answer", "no answer", "x-note: a\r\nx-remote-user", "mallory"),
                fields("a NUL in the name", "no answer", "no answer", "x-remote-user\0", "mallory"),
                fields("a line break in a value", "no answer", "no answer", "x-note", "a\r\nX-Remote-User: mallory"),
                fields("a line feed in a value", "no answer", "no answer", "x-note", "a\nX-Remote-User: mallory"),
                fields("a NUL in a value", "no answer", "no answer", "x-note", "a\0"),
                fields("white space around a value", "jane", "jane", "x-remote-user", " mallory "),
                fields("an empty name", "no answer", "no answer", "", "mallory"),
                fields("named in Connection", "jane", "no answer", "connection", "x-remote-user"),
                fields("chunked", "jane", "no answer", "transfer-encoding", "chunked"),
                fields("a pseudo-header behind the others", "400", "no answer", ":path", "/api"),
                fields("a pseudo-header of its own", "400", "no answer", ":x-remote-user", "mallory"),
                fields("a host beside the authority", "no answer", "no answer", "host", "x\r\nX-Remote-User: mallory"),
                fields("a name of 200,000 bytes", "no answer", "no answer", "x-remote-user", "m".repeat(200_000)),
                new Attack2("in the trailer", "no answer", "jane", List.of(), List.of("x-remote-user", "mallory")));
    }

    @ParameterizedTest
    @MethodSource("attacksOverHttp2")
    void overHttp2ThroughNginx(Attack2 attack) throws Exception {
        assertThat(verdict(nginx, attack, NGINX)).isEqualTo(attack.nginx());
    }

    @ParameterizedTest
    @MethodSource("attacksOverHttp2")
    void overHttp2ThroughHaproxy(Attack2 attack) throws Exception {
        assertThat(verdict(haproxy, attack, HAPROXY)).isEqualTo(attack.haproxy());
    }

    @ParameterizedTest
    @MethodSource("attacksOverHttp2")
    void overHttp2AllTheWay(Attack2 attack) throws Exception {
        assertThat(send(straight, attack)).isEqualTo(attack.haproxy().replace("server ", ""));
    }

    private static String verdict(RealProxy proxy, Attack2 attack, List<String> assertion) throws Exception {
        recorder.taken();
        return verdict(send(proxy, attack), assertion);
    }

    private static String send(RealProxy proxy, Attack2 attack) throws Exception {
        try (var wire = new Http2Wire(proxy.port())) {
            String text = wire.send(attack.fields(), BODY, attack.trailers());
            var name = NAME.matcher(text);
            var code = CODE.matcher(text);
            return name.find() ? name.group(1) : code.find() ? code.group(1) : text;
        }
    }

    @Test
    void withoutAPasswordNothingArrives() throws Exception {
        for (var proxy : List.of(nginx, haproxy)) {
            recorder.taken();
            assertThat(send(proxy, request("HTTP/1.1", "X-Remote-User: mallory").replace(BASIC + "\r\n", "")))
                    .isEqualTo("401");
            assertThat(send(proxy, request("HTTP/1.1", "Accept: */*").replace("Basic ", "Basic AA")))
                    .isEqualTo("401");
            assertThat(recorder.taken().heads()).isEmpty();
        }
    }
}

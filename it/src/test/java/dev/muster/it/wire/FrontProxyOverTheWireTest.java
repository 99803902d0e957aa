package dev.muster.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.Pem;
import dev.muster.it.wire.Wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers of a front proxy against the whole server, byte for byte: whom it takes the sender for. */
class FrontProxyOverTheWireTest {

    private static final String BODY = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    private static final String POST =
            "POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\n";
    private static final Pattern NAME = Pattern.compile("\"username\":\"([^\"]*)\"");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path folder;

    private static final CertificateAuthority PROXIES = authority("proxies");
    private static final CertificateAuthority LATER = authority("proxies-later");
    private static final CertificateAuthority USERS = authority("users");
    private static final CertifiedKey PROXY = PROXIES.issueClient("front-proxy", List.of(), DAY);
    private static final CertifiedKey OTHER = PROXIES.issueClient("other-proxy", List.of(), DAY);
    private static final CertifiedKey JOHN = USERS.issueClient("john", List.of("users"), DAY);

    private static WholeServer server;
    private static Path bundle;

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Duration.ofDays(30), InstantSource.system(), new SecureRandom());
    }

    @BeforeAll
    static void start() throws Exception {
        bundle = Files.writeString(folder.resolve("proxies.pem"), Pem.write(List.of(PROXIES.certificate())));
        Path users = Files.writeString(folder.resolve("users.pem"), Pem.write(List.of(USERS.certificate())));
        server = WholeServer.start(
                folder,
                "--client-ca-file=" + users,
                "--requestheader-client-ca-file=" + bundle,
                "--requestheader-allowed-names=front-proxy",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-uid-headers=X-Remote-Uid",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Who is taken to have sent this: a name, {@code anonymous}, or the status. */
    private static String taken(Answer answer) {
        var name = NAME.matcher(answer.text());
        if (answer.status() == 201 && name.find()) {
            return name.group(1);
        }
        return answer.status() == 403 && answer.text().contains("User \\\"system:anonymous\\\"")
                ? "anonymous"
                : Integer.toString(answer.status());
    }

    private static byte[] request(String... lines) {
        return (POST + String.join("\r\n", lines) + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Wire by(CertifiedKey who) throws Exception {
        return Wire.presenting(who, server.port(), "TLSv1.3");
    }

    record Sent(String what, String verdict, byte[] bytes) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Sent lines(String what, String verdict, String... lines) {
        return new Sent(what, verdict, request(lines));
    }

    static Stream<Sent> sentByTheProxy() {
        String evil = "X-Remote-Group: system:masters";
        var head = POST + "X-Remote-User: jane\r\n";
        var all = new ArrayList<>(List.of(
                lines("the control", "jane", "X-Remote-User: jane"),
                lines("two names", "401", "X-Remote-User: jane", "X-Remote-User: admin"),
                lines("two names in other cases", "401", "X-Remote-User: jane", "x-REMOTE-user: admin"),
                lines("an empty name first", "401", "X-Remote-User:", "X-Remote-User: admin"),
                lines("white space around a value is none of it", "jane", "X-Remote-User: \t jane \t"),
                lines("underscores", "jane", "X-Remote-User: jane", "X_Remote_User: admin"),
                lines("a name before the colon and a blank", "400", "X-Remote-User: jane", "X-Remote-User : admin"),
                lines("a tab there", "400", "X-Remote-User: jane", "X-Remote-User\t: admin"),
                lines("a NUL in a name", "400", "X-Remote-User: jane", "X-Remote-User\0: admin"),
                lines("a NUL in a value", "400", "X-Remote-User: jane\0"),
                lines("a folded line", "400", "X-Remote-User: jane", " admin"),
                lines("a folded line of a tab", "400", "Accept: */*", "\tX-Remote-User: admin"),
                lines("a carriage return within", "400", "Accept: a\rX-Remote-User: admin"),
                lines("a bare line feed", "400", "Accept: a\nX-Remote-User: admin"),
                lines("no colon", "400", "X-Remote-User: jane", "X-Remote-Group"),
                lines("named in Connection", "jane", "X-Remote-User: jane", "Connection: X-Remote-User, keep-alive"),
                lines("bytes that are no UTF-8", "401", "X-Remote-User: jan\u00e9"),
                lines("a name of 100,000 bytes", "a".repeat(100_000), "X-Remote-User: " + "a".repeat(100_000)),
                lines("a name of 300,000 bytes", "431", "X-Remote-User: " + "a".repeat(300_000)),
                lines("lines beyond counting", "431", repeated(evil, 10_000)),
                lines("impersonation as well", "403", "X-Remote-User: jane", "Impersonate-User: admin")));
        all.add(new Sent(
                "both ways of telling a length",
                "400",
                (head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + evil)
                        .getBytes(StandardCharsets.US_ASCII)));
        all.add(new Sent(
                "headers in the trailer",
                "jane",
                (head + "Transfer-Encoding: chunked\r\nTrailer: X-Remote-User\r\n\r\n"
                                + Integer.toHexString(BODY.length()) + "\r\n" + BODY
                                + "\r\n0\r\nX-Remote-User: admin\r\nX-Remote-Group: system:masters\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        all.add(new Sent(
                "HTTP/1.0",
                "jane",
                new String(request("X-Remote-User: jane"), StandardCharsets.US_ASCII)
                        .replace("HTTP/1.1", "HTTP/1.0")
                        .getBytes(StandardCharsets.US_ASCII)));
        return all.stream();
    }

    private static String[] repeated(String line, int times) {
        return Stream.generate(() -> line).limit(times).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("sentByTheProxy")
    void whatAProxyPassesOnIsJudged(Sent sent) throws Exception {
        try (Wire wire = by(PROXY)) {
            var answer = wire.raw(sent.bytes(), false);
            assertThat(taken(answer)).as(answer.text()).isEqualTo(sent.verdict());
            assertThat(answer.text()).doesNotContain("system:masters");
        }
    }

    @ParameterizedTest
    @MethodSource("sentByTheProxy")
    void nobodyElseIsBelievedWhateverTheySend(Sent sent) throws Exception {
        try (Wire john = by(JOHN);
                Wire nobody = Wire.anonymous(server.port(), "TLSv1.3");
                Wire other = by(OTHER)) {
            assertThat(taken(john.raw(sent.bytes(), false))).isIn("john", "400", "403", "431");
            assertThat(taken(nobody.raw(sent.bytes(), false))).isIn("anonymous", "400", "431");
            assertThat(taken(other.raw(sent.bytes(), false))).isIn("401", "400", "431");
        }
    }

    /** Header fields over HTTP/2, names and values in turn. */
    record Sent2(String what, String verdict, List<String> fields, List<String> trailers) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Sent2 fields(String what, String verdict, String... fields) {
        return new Sent2(what, verdict, List.of(fields), List.of());
    }

    static Stream<Sent2> sentByTheProxyOverHttp2() {
        String user = "x-remote-user";
        return Stream.of(
                fields("the control", "jane", user, "jane"),
                fields("two names", "401", user, "jane", user, "admin"),
                fields("upper case", "no answer", user, "jane", "X-Remote-User", "admin"),
                fields("underscores", "jane", user, "jane", "x_remote_user", "admin"),
                fields("a blank before a name", "no answer or 401", user, " jane"),
                fields("a blank behind a name", "no answer or 401", user, "jane "),
                fields("a blank alone", "no answer or 401", user, " "),
                fields("a line feed in a name", "no answer", user, "jane\nadmin"),
                fields("a NUL in a name", "no answer", user, "jane\0"),
                fields("a header name with a blank", "no answer", user, "jane", "x-remote-user ", "admin"),
                fields("a header name with a line break", "no answer", user, "jane", "a\r\nx-remote-group", "b"),
                fields("named in Connection", "no answer", user, "jane", "connection", user),
                fields("a pseudo-header of that name", "no answer", user, "jane", ":x-remote-user", "admin"),
                new Sent2("in the trailer", "jane", List.of(user, "jane"), List.of(user, "admin")));
    }

    @ParameterizedTest
    @MethodSource("sentByTheProxyOverHttp2")
    void whatAProxyPassesOnOverHttp2IsJudged(Sent2 sent) throws Exception {
        var fields = new ArrayList<>(List.of(
                ":method", "POST",
                ":scheme", "https",
                ":authority", "localhost",
                ":path", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "content-type", "application/json"));
        fields.addAll(sent.fields());
        try (var wire = new Http2Wire(server.port(), new Presenting(PROXY))) {
            String text = wire.send(fields, BODY, sent.trailers());
            var name = NAME.matcher(text);
            String seen = name.find() ? name.group(1) : text.contains("\"code\":401") ? "401" : text;
            assertThat(sent.verdict().split(" or ")).contains(seen);
        }
    }

    @Test
    void everythingTheProxySaysArrives() throws Exception {
        try (Wire wire = by(PROXY)) {
            var answer = wire.raw(
                    request(
                            "X-Remote-User: Zo\u00c3\u00ab",
                            "X-Remote-Uid: u-7",
                            "X-Remote-Group: a,b",
                            "X-Remote-Group: c",
                            "X-Remote-Extra-Example.com%2ffoo: bar"),
                    false);
            assertThat(answer.text())
                    .contains("\"username\":\"Zoë\"", "\"uid\":\"u-7\"")
                    .contains("\"groups\":[\"a,b\",\"c\",\"system:authenticated\"]")
                    .contains("\"extra\":{\"example.com/foo\":[\"bar\"]}");
        }
    }

    @Test
    void oneConnectionServesManyUsersAndForgetsEachAtOnce() throws Exception {
        try (Wire wire = by(PROXY)) {
            assertThat(taken(wire.raw(request("X-Remote-User: jane"), false))).isEqualTo("jane");
            assertThat(taken(wire.raw(request("X-Remote-User: john"), false))).isEqualTo("john");
            assertThat(taken(wire.raw(request("Accept: */*"), false))).isEqualTo("401");
        }
    }

    @Test
    void anAuthorityPutIntoTheBundleIsBelievedAndATakenOneNotWithinSeconds() throws Exception {
        var later = LATER.issueClient("front-proxy", List.of(), DAY);
        try (Wire wire = by(later);
                Wire first = by(PROXY)) {
            assertThat(taken(wire.raw(request("X-Remote-User: jane"), false))).isEqualTo("401");
            Files.writeString(bundle, Pem.write(List.of(LATER.certificate())));
            await(wire, "jane");
            assertThat(taken(first.raw(request("X-Remote-User: jane"), false))).isEqualTo("401");
            Files.writeString(bundle, "half a file");
            Thread.sleep(1500);
            assertThat(taken(wire.raw(request("X-Remote-User: jane"), false)))
                    .as("a broken file changes nothing")
                    .isEqualTo("jane");
        } finally {
            Files.writeString(bundle, Pem.write(List.of(PROXIES.certificate())));
            try (Wire wire = by(PROXY)) {
                await(wire, "jane");
            }
        }
    }

    private static void await(Wire wire, String verdict) throws Exception {
        String seen = "";
        for (int i = 0; i < 100 && !seen.equals(verdict); i++) {
            Thread.sleep(100);
            seen = taken(wire.raw(request("X-Remote-User: jane"), false));
        }
        assertThat(seen).isEqualTo(verdict);
    }
}

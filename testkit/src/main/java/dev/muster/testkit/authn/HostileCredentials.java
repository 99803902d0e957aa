package dev.muster.testkit.authn;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.PeerChain;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.Subjects;
import dev.muster.testkit.certs.Tampering;
import dev.muster.testkit.certs.TestCa;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Requests that a stranger might send, made from a seed: odd headers, odd chains, pieces of something good. */
final class HostileCredentials {

    private static final List<String> NAMES = List.of(
            "Authorization",
            "authorization",
            "Sec-WebSocket-Protocol",
            "Upgrade",
            "Connection",
            "X-Remote-User",
            "X-Remote-Group",
            "X-Remote-Extra-scopes",
            "X-Client-Cert",
            "Cookie");

    private static final List<String> WORDS = List.of(
            "Bearer",
            "bearer",
            "BEARER",
            "Basic",
            "Negotiate",
            " ",
            "  ",
            "\t",
            ",",
            "=",
            "==",
            "\0",
            "\n",
            "é",
            "\ud800",
            "websocket",
            "upgrade",
            "Upgrade, keep-alive",
            "v4.channel.k8s.io",
            "null",
            "admin",
            "system:masters",
            "Ym9iOmJvYg==",
            "base64url.bearer.authorization.k8s.io.",
            "base64url.bearer.authorization.k8s.io.!!!",
            "base64url.bearer.authorization.k8s.io.gICA",
            "eyJhbGciOiJub25lIn0.e30.",
            "-----BEGIN CERTIFICATE-----");

    private final Random random;
    private final Presented good;
    private final List<X509Certificate> strange = new ArrayList<>();

    HostileCredentials(Random random, Presented good) {
        this.random = random;
        this.good = good;
        var stranger = TestCa.root("stranger");
        strange.add(stranger.certificate());
        strange.add(stranger.client("admin", "system:masters").certificate());
        strange.add(Tampering.lastByteOf(stranger.client("admin").certificate()));
        strange.add(
                TestCa.selfSigned(CertificateSpec.client("self"), KeyKind.P256).certificate());
        strange.add(stranger.issue(CertificateSpec.client(Subjects.empty()
                        .add(Subjects.CN, Subjects.octets((byte) 1))
                        .build()))
                .certificate());
        strange.add(stranger.issue(CertificateSpec.client(
                        Subjects.empty().add(Subjects.OU, "nobody").build()))
                .certificate());
        strange.add(stranger.issue(CertificateSpec.bare("a\nb\0c")).certificate());
    }

    Presented next() {
        var made = new Presented(
                Map.of(),
                random.nextInt(3) == 0 ? Optional.of(chain()) : Optional.empty(),
                random.nextBoolean() ? "/" : "/" + text(),
                random.nextInt(4) == 0 ? Audiences.of(text()) : Audiences.UNSPECIFIED);
        int lines = random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            made = made.with(NAMES.get(random.nextInt(NAMES.size())), text());
        }
        if (random.nextInt(3) == 0) {
            made = made.with("Authorization", "Bearer " + nearly(good.header("Authorization")));
        }
        if (random.nextInt(4) == 0) {
            made = made.with("Upgrade", "websocket")
                    .with("Connection", "Upgrade")
                    .with(
                            "Sec-WebSocket-Protocol",
                            "base64url.bearer.authorization.k8s.io."
                                    + Base64.getUrlEncoder()
                                            .encodeToString(text().getBytes(StandardCharsets.ISO_8859_1))
                                    + (random.nextBoolean() ? ",v4.channel.k8s.io" : ""));
        }
        return made;
    }

    /** A good header with one character changed or more added, so never the good one. */
    private String nearly(List<String> lines) {
        String line = lines.isEmpty() ? "token" : lines.getFirst().replaceFirst("^\\S+\\s+", "");
        int at = random.nextInt(line.length());
        return switch (random.nextInt(3)) {
            case 0 -> line.substring(0, at);
            case 1 -> line + (char) ('a' + random.nextInt(26));
            default ->
                line.substring(0, at) + (char) (line.charAt(at) ^ 1 + random.nextInt(3)) + line.substring(at + 1);
        };
    }

    private PeerChain chain() {
        var chain = new ArrayList<X509Certificate>();
        int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 80 : 4);
        for (int i = 0; i < length; i++) {
            chain.add(strange.get(random.nextInt(strange.size())));
        }
        return new PeerChain(chain);
    }

    private String text() {
        var text = new StringBuilder();
        int words = random.nextInt(5);
        for (int i = 0; i < words; i++) {
            if (random.nextInt(4) == 0) {
                text.append((char) random.nextInt(0x250));
            } else {
                text.append(WORDS.get(random.nextInt(WORDS.size())));
            }
            text.append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }
}

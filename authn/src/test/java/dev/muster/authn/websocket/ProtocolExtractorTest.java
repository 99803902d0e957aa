package dev.muster.authn.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolExtractorTest extends AuthenticatorConformance {

    private static final String TOKEN = "a-token-of-janes";
    private static final String CARRIER = carrier(TOKEN);
    private static final Outcome JANE = Outcome.accepted(User.of("jane"));

    private final TokenAuthenticator jane = (token, _) -> token.equals(Secret.of(TOKEN)) ? JANE : Outcome.NOT_MINE;
    private final Authenticator websocket = new ProtocolExtractor(jane);

    @Override
    protected Authenticator authenticator() {
        return websocket;
    }

    @Override
    protected Presented good() {
        return upgrade("v4.channel.k8s.io, " + CARRIER);
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN, CARRIER);
    }

    private static String carrier(String token) {
        return "base64url.bearer.authorization.k8s.io."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private static Presented upgrade(String... protocols) {
        var presented = Presented.NOTHING.with("Upgrade", "websocket").with("Connection", "Upgrade");
        for (String line : protocols) {
            presented = presented.with("Sec-WebSocket-Protocol", line);
        }
        return presented;
    }

    private static Outcome malformed(String detail) {
        return Outcome.refused(Reason.MALFORMED, detail);
    }

    /** Offered subprotocols, one per header line, and what comes of them. */
    record Offer(Outcome expected, String... lines) {}

    static List<Offer> offers() {
        return List.of(
                new Offer(JANE, CARRIER + ",v4.channel.k8s.io"),
                new Offer(JANE, "v4.channel.k8s.io", CARRIER),
                new Offer(JANE, " v4 ,\t" + CARRIER + " "),
                new Offer(Outcome.NOT_MINE),
                new Offer(Outcome.NOT_MINE, "v4.channel.k8s.io"),
                new Offer(Outcome.NOT_MINE, "v4," + carrier("")),
                new Offer(malformed("missing additional subprotocol"), CARRIER),
                new Offer(malformed("multiple base64.bearer.authorization tokens specified"), "v4", CARRIER, CARRIER),
                new Offer(
                        malformed("multiple base64.bearer.authorization tokens specified"),
                        "v4," + carrier("") + "," + CARRIER),
                new Offer(malformed("invalid base64.bearer.authorization token encoding"), "v4," + CARRIER + "!"),
                new Offer(malformed("invalid base64.bearer.authorization token encoding"), "v4," + carrier("a") + "=="),
                new Offer(
                        malformed("invalid base64.bearer.authorization token"),
                        "v4,base64url.bearer.authorization.k8s.io.gIA"),
                new Offer(Outcome.refused(Reason.UNKNOWN, "invalid bearer token"), "v4," + carrier("other")));
    }

    @ParameterizedTest
    @MethodSource("offers")
    void anOfferIsReadAsKubernetesReadsIt(Offer c) {
        assertThat(websocket.authenticate(upgrade(c.lines()))).isEqualTo(c.expected());
    }

    @Test
    void onlyUpgradesToWebSocketAreLookedAt() {
        var plain = Presented.NOTHING.with("Sec-WebSocket-Protocol", "v4," + CARRIER);
        assertThat(websocket.authenticate(plain)).isEqualTo(Outcome.NOT_MINE);
        assertThat(websocket.authenticate(plain.with("Upgrade", "websocket"))).isEqualTo(Outcome.NOT_MINE);
        assertThat(websocket.authenticate(plain.with("Upgrade", "SPDY/3.1").with("Connection", "Upgrade")))
                .isEqualTo(Outcome.NOT_MINE);
        assertThat(websocket.authenticate(plain.with("Upgrade", "websocket").with("Connection", "close")))
                .isEqualTo(Outcome.NOT_MINE);
        assertThat(websocket.authenticate(plain.with("Upgrade", "WebSocket").with("Connection", "keep-alive, Upgrade")))
                .isEqualTo(JANE);
    }

    @Test
    void whatIsKeptOfTheHeaderHasNoToken() {
        assertThat(ProtocolExtractor.withoutToken(List.of("v4, " + CARRIER, "v5")))
                .isEqualTo("v4,v5");
        assertThat(ProtocolExtractor.withoutToken(List.of(CARRIER))).isEmpty();
        assertThat(ProtocolExtractor.withoutToken(List.of("v4.channel.k8s.io"))).isEqualTo("v4.channel.k8s.io");
    }
}

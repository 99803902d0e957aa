package dev.muster.authn.websocket;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Takes a token out of a WebSocket's offered subprotocols, since browsers cannot set other headers
 * ({@code base64url.bearer.authorization.k8s.io.TOKEN}, as Kubernetes defines it). There must be another subprotocol beside it, so
 * that the token never has to be echoed.
 */
public final class ProtocolExtractor implements Authenticator {

    /** The header that offers subprotocols (RFC 6455 section 11.3.4). */
    public static final String HEADER = "Sec-WebSocket-Protocol";

    private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

    private static final Outcome UNKNOWN = Outcome.refused(Reason.UNKNOWN, "invalid bearer token");

    private final TokenAuthenticator tokens;

    public ProtocolExtractor(TokenAuthenticator tokens) {
        this.tokens = tokens;
    }

    @Override
    public Outcome authenticate(Credentials presented) {
        if (!isWebSocket(presented)) {
            return Outcome.NOT_MINE;
        }
        var offered = split(presented.header(HEADER));
        var carrying = offered.stream().filter(p -> p.startsWith(PREFIX)).toList();
        if (carrying.isEmpty()) {
            return Outcome.NOT_MINE;
        }
        if (carrying.size() > 1) {
            return malformed("multiple base64.bearer.authorization tokens specified");
        }
        String token;
        try {
            token = decode(carrying.getFirst().substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return malformed("invalid base64.bearer.authorization token encoding");
        } catch (CharacterCodingException e) {
            return malformed("invalid base64.bearer.authorization token");
        }
        if (token.isEmpty()) {
            return Outcome.NOT_MINE;
        }
        if (offered.size() == 1) {
            return malformed("missing additional subprotocol");
        }
        return tokens.authenticate(Secret.of(token), presented.wanted())
                .then(outcome -> outcome instanceof Outcome.NotMine ? UNKNOWN.with(outcome.trail()) : outcome);
    }

    /**
     * The subprotocols without the token, for whoever chooses one.
     *
     * @param values the header's values as received
     * @return the value to keep; empty when nothing is left
     */
    public static String withoutToken(List<String> values) {
        return String.join(
                ",", split(values).stream().filter(p -> !p.startsWith(PREFIX)).toList());
    }

    private static List<String> split(List<String> values) {
        var protocols = new ArrayList<String>();
        for (String value : values) {
            for (String protocol : value.split(",", -1)) {
                protocols.add(protocol.strip());
            }
        }
        return protocols;
    }

    /** Base64url without padding; the JDK's decoder would take padding too. */
    private static String decode(String encoded) throws CharacterCodingException {
        if (encoded.indexOf('=') >= 0) {
            throw new IllegalArgumentException("padding");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                .toString();
    }

    private static boolean isWebSocket(Credentials presented) {
        var upgrade = presented.header("Upgrade");
        var connection = presented.header("Connection");
        return !upgrade.isEmpty()
                && upgrade.getFirst().equalsIgnoreCase("websocket")
                && !connection.isEmpty()
                && split(connection.subList(0, 1)).stream()
                        .anyMatch(t -> t.toLowerCase(Locale.ROOT).equals("upgrade"));
    }

    private static Outcome malformed(String detail) {
        return Outcome.refused(Reason.MALFORMED, detail);
    }
}

package dev.muster.apiserver.audit;

import dev.muster.api.identity.AccessTokenForm;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides what is, by its look or its place, a credential: tokens of three parts and other base64 of JSON, private keys, bootstrap
 * tokens, what follows {@code Bearer}, and query parameters of names that carry tokens.
 */
final class Masks {

    static final String MASK = "[scrubbed]";

    /** Base64 of an opening brace and a quote; nothing that names an object looks so. */
    private static final Pattern BASE64_JSON =
            Pattern.compile("(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))eyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9_.=%+/-]*");

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)",
            Pattern.DOTALL);

    /** The same after base64, as kubeconfigs and secrets have it: PRIVATE, EC, ENCRYPTED, RSA, OPENSSH. */
    private static final Pattern BASE64_PEM =
            Pattern.compile("LS0tLS1CRUdJTiB(QUklW|FQyBQ|FTkNS|SU0Eg|PUEVO)[A-Za-z0-9+/=_-]*");

    private static final Pattern BOOTSTRAP =
            Pattern.compile("(?<![A-Za-z0-9.-])[a-z0-9]{6}\\.[a-z0-9]{16}(?![A-Za-z0-9.-])");

    private static final Pattern ACCESS_TOKEN = Pattern.compile(AccessTokenForm.PREFIX + "[A-Za-z0-9_-]+");

    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(bearer|basic)(?:\\s|%20|\\+)++[A-Za-z0-9._~+/=-]{8,}");

    private static final Set<String> PARAMETERS = Set.of(
            "access_token",
            "token",
            "id_token",
            "id_token_hint",
            "refresh_token",
            "code",
            "client_secret",
            "client_assertion",
            "assertion",
            "password",
            "secret",
            "authorization");

    private Masks() {}

    static String text(String text) {
        String clean = text;
        if (clean.contains("eyJ")) {
            clean = BASE64_JSON.matcher(clean).replaceAll(MASK);
        }
        if (clean.contains("PRIVATE KEY-----")) {
            clean = PRIVATE_KEY.matcher(clean).replaceAll(MASK);
        }
        if (clean.contains("LS0tLS1CRUdJTi")) {
            clean = BASE64_PEM.matcher(clean).replaceAll(MASK);
        }
        if (clean.contains(AccessTokenForm.PREFIX)) {
            clean = ACCESS_TOKEN.matcher(clean).replaceAll(MASK);
        }
        if (clean.length() >= 23 && clean.indexOf('.') >= 6) {
            clean = BOOTSTRAP.matcher(clean).replaceAll(MASK);
        }
        if (clean.length() >= 14) {
            clean = SCHEME.matcher(clean).replaceAll("$1 " + MASK);
        }
        return clean;
    }

    /** A path with its query. */
    static String uri(String path, String query) {
        if (query.isEmpty()) {
            return text(path);
        }
        var out = new StringBuilder(path).append('?');
        String between = "";
        for (String pair : query.split("&", -1)) {
            out.append(between);
            between = "&";
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            out.append(equals >= 0 && carriesTokens(name) ? name + "=" + MASK : pair);
        }
        return text(out.toString());
    }

    private static boolean carriesTokens(String name) {
        String plain = name;
        if (name.indexOf('%') >= 0) {
            try {
                plain = URLDecoder.decode(name, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return true;
            }
        }
        return PARAMETERS.contains(plain.toLowerCase(Locale.ROOT).replace('-', '_'));
    }
}

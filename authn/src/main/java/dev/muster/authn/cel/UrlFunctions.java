package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.muster.http.url.GoUrl;
import dev.muster.http.url.MalformedUrl;
import java.util.List;
import java.util.function.Function;

/** Kubernetes' functions of URLs. */
final class UrlFunctions {

    static final OpaqueType URL = OpaqueType.create("kubernetes.URL");

    private UrlFunctions() {}

    static List<Overload> all() {
        return List.of(
                Overload.global("url", "string_to_url", URL, STRING, String.class, UrlFunctions::url),
                Overload.global("isURL", "is_url_string", BOOL, STRING, String.class, UrlFunctions::isUrl),
                part("getScheme", "url_get_scheme", STRING, GoUrl::scheme),
                part("getHost", "url_get_host", STRING, GoUrl::host),
                part("getHostname", "url_get_hostname", STRING, GoUrl::hostname),
                part("getPort", "url_get_port", STRING, GoUrl::port),
                part("getEscapedPath", "url_get_escaped_path", STRING, GoUrl::path),
                part("getQuery", "url_get_query", MapType.create(STRING, ListType.create(STRING)), GoUrl::queryValues));
    }

    private static Overload part(String function, String id, CelType result, Function<GoUrl, Object> does) {
        return Overload.member(function, id, result, URL, GoUrl.class, does);
    }

    private static Object url(String text) {
        try {
            GoUrl.parseRequest(text);
            return GoUrl.parse(text);
        } catch (MalformedUrl e) {
            throw new Refusal("URL parse error during conversion from string");
        }
    }

    private static Object isUrl(String text) {
        try {
            GoUrl.parseRequest(text);
            return true;
        } catch (MalformedUrl e) {
            return false;
        }
    }
}

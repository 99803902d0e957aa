package dev.muster.http.url;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A URL taken apart as Go's {@code net/url} does (RFC 3986, with Go's leniency).
 *
 * @param scheme in lower case; empty when there is none
 * @param userInfo whether a user or password is given, be they empty
 * @param host with the port, IPv6 addresses in brackets, unescaped
 * @param path escaped
 * @param query raw, without the question mark
 * @param fragment raw, without the hash
 */
public record GoUrl(
        String scheme, boolean userInfo, String host, String path, String query, String fragment, String opaque) {

    private static final String HOST_SIGNS = "!$&'()*+,;=:[]<>\"-_.~";
    private static final String PATH_SIGNS = "-_.~$&+,/:;=@!'()*[]";

    /** Reads a URL or a reference to one. */
    public static GoUrl parse(String text) throws MalformedUrl {
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        escapes(fragment);
        return parse(hash < 0 ? text : text.substring(0, hash), fragment, false);
    }

    /** Reads what may stand in a request line: an absolute URL or an absolute path; a hash is a part of what it stands in. */
    public static GoUrl parseRequest(String text) throws MalformedUrl {
        return parse(text, "", true);
    }

    private static GoUrl parse(String text, String fragment, boolean request) throws MalformedUrl {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new MalformedUrl("net/url: invalid control character in URL");
        }
        if (text.isEmpty() && request) {
            throw new MalformedUrl("empty url");
        }
        int colon = schemeEnd(text);
        String scheme = text.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        String rest = colon < 0 ? text : text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new GoUrl(scheme, false, "", "", query, fragment, rest);
            }
            if (request) {
                throw new MalformedUrl("invalid URI for request");
            }
            int slash = rest.indexOf('/');
            if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
                throw new MalformedUrl("first path segment in URL cannot contain colon");
            }
        }
        String authority = "";
        if ((!scheme.isEmpty() || !request && !rest.startsWith("///")) && rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        escapes(rest);
        int at = authority.lastIndexOf('@');
        return new GoUrl(scheme, at >= 0, host(authority.substring(at + 1)), escaped(rest), query, fragment, "");
    }

    /** Where the scheme ends; -1 when there is none. */
    private static int schemeEnd(String text) throws MalformedUrl {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                if (i == 0) {
                    throw new MalformedUrl("missing protocol scheme");
                }
                return i;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0))) {
                return -1;
            }
        }
        return -1;
    }

    private static String host(String host) throws MalformedUrl {
        int port = host.lastIndexOf(':');
        if (host.startsWith("[")) {
            int end = host.lastIndexOf(']');
            if (end < 0) {
                throw new MalformedUrl("missing ']' in host");
            }
            port = end + 1 < host.length() ? end + 1 : -1;
        }
        if (port >= 0 && !host.substring(port).matches(":[0-9]*")) {
            throw new MalformedUrl("invalid port \"" + host.substring(port) + "\" after host");
        }
        escapes(host);
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = c >= 0x80 || Character.isLetterOrDigit(c) || HOST_SIGNS.indexOf(c) >= 0 || c == '%';
            if (!plain) {
                throw new MalformedUrl("invalid character \"" + (c == '\\' ? "\\\\" : c) + "\" in host name");
            }
        }
        return host.indexOf('%') < 0 ? host : unescape(host, false);
    }

    /** Checks that every percent sign begins an escape. */
    private static void escapes(String text) throws MalformedUrl {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length() || hex(text.charAt(i + 1)) < 0 || hex(text.charAt(i + 2)) < 0) {
                throw new MalformedUrl(
                        "invalid URL escape \"" + text.substring(i, Math.min(i + 3, text.length())) + "\"");
            }
        }
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** As it was written if that is a valid spelling, else with what must be escaped escaped. */
    private static String escaped(String path) {
        var out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PATH_SIGNS.indexOf(c) >= 0 || c == '%')) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    private static String unescape(String text, boolean plusIsSpace) {
        var bytes = new java.io.ByteArrayOutputStream();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] == '%') {
                bytes.write(hex((char) utf8[i + 1]) * 16 + hex((char) utf8[i + 2]));
                i += 2;
            } else {
                bytes.write(plusIsSpace && utf8[i] == '+' ? ' ' : utf8[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The host without port and brackets. */
    public String hostname() {
        if (host.startsWith("[")) {
            return host.substring(1, host.lastIndexOf(']'));
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    /** The digits behind the host; empty for none. */
    public String port() {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.indexOf(']', colon) >= 0 ? "" : host.substring(colon + 1);
    }

    /** Names and values, unescaped; a pair that cannot be unescaped or holds a semicolon is left out, as in Go. */
    public Map<String, List<String>> queryValues() {
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                escapes(pair);
                if (!pair.isEmpty() && pair.indexOf(';') < 0) {
                    values.computeIfAbsent(unescape(name, true), _ -> new ArrayList<>())
                            .add(unescape(value, true));
                }
            } catch (MalformedUrl _) {
                // left out
            }
        }
        return values;
    }
}

package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.GoText;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the {@code Impersonate-*} headers and takes them off the request.
 *
 * <p>Stricter than Kubernetes where its reading lets a request run as somebody nobody meant: an empty user, a second user or uid,
 * and headers of this prefix that mean nothing are refused, not passed over.
 */
final class WishHeaders {

    private static final String ANY = "impersonate";
    private static final String USER = "impersonate-user";
    private static final String UID = "impersonate-uid";
    private static final String GROUP = "impersonate-group";
    private static final String EXTRA = "impersonate-extra-";
    private static final int LONGEST = 1024;

    /** Names of headers; each is looked up by itself. */
    private static final int MOST = 256;

    private WishHeaders() {}

    /** @param names of all headers, in lower case */
    static boolean areIn(Set<String> names) {
        for (String name : names) {
            if (name.startsWith(ANY)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What is wanted; the headers are gone afterwards.
     *
     * @param words how a wish without a user is refused
     * @throws StatusException 400 when it is no wish
     */
    static Wish take(Headers headers, Set<String> names, NamelessWords words) {
        var ours = names.stream()
                .filter(name -> name.startsWith(ANY))
                .sorted()
                .limit(MOST + 1)
                .toList();
        if (ours.size() > MOST) {
            throw malformed("more than " + MOST + " different impersonation headers");
        }
        var extra = new TreeMap<String, List<String>>();
        ours.forEach(name -> read(headers, name, extra));
        String user = only(headers, USER);
        String uid = only(headers, UID);
        List<String> groups = headers.all(GROUP).stream().map(WishHeaders::text).toList();
        ours.forEach(headers::remove);
        if (user.isEmpty()) {
            throw malformed(cut(words.of(uid, groups, extra)));
        }
        return new Wish(user, uid, groups, extra);
    }

    private static void read(Headers headers, String name, Map<String, List<String>> extra) {
        if (name.equals(USER) || name.equals(UID) || name.equals(GROUP)) {
            return;
        }
        if (!name.startsWith(EXTRA)) {
            throw malformed("unknown impersonation header " + GoText.quote(cut(name)));
        }
        String key = ExtraKeys.decoded(name.substring(EXTRA.length()).toLowerCase(Locale.ROOT));
        var values = extra.computeIfAbsent(key, _ -> new ArrayList<>());
        headers.all(name).forEach(value -> values.add(text(value)));
    }

    /** One value, or empty: of two, proxies and servers pick different ones. */
    private static String only(Headers headers, String name) {
        var values = headers.all(name);
        if (values.size() > 1) {
            throw malformed("more than one " + name + " header");
        }
        return values.isEmpty() ? "" : text(values.getFirst());
    }

    private static String text(String value) {
        try {
            return HeaderText.utf8(value);
        } catch (IllegalArgumentException e) {
            throw malformed("an impersonation header has " + e.getMessage());
        }
    }

    static StatusException malformed(String what) {
        return new StatusException(RequestStatuses.badRequest(what));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}

package dev.muster.authn.requestheader;

import java.util.List;
import java.util.Locale;

/**
 * In which headers a front proxy says who is asking. Names are kept in lower case, without white space around them.
 *
 * @param usernames the first with a value says the name
 * @param uids the first with a value says the uid
 * @param groups every line of each of these is a group
 * @param extraPrefixes headers that begin so are extra fields; the rest of the name is the key
 */
public record RequestHeaders(
        List<String> usernames, List<String> uids, List<String> groups, List<String> extraPrefixes) {

    /** @throws IllegalArgumentException where one is empty, or none says the name */
    public RequestHeaders {
        usernames = lower(usernames);
        uids = lower(uids);
        groups = lower(groups);
        extraPrefixes = lower(extraPrefixes);
        if (usernames.isEmpty()) {
            throw new IllegalArgumentException("no header says the name");
        }
    }

    private static List<String> lower(List<String> names) {
        var all = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (all.contains("")) {
            throw new IllegalArgumentException("an empty header name");
        }
        return all;
    }
}

package dev.muster.authn.requestheader;

import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom the headers name. Nothing here says that they may be believed. */
final class Assertion {

    private final RequestHeaders headers;

    Assertion(RequestHeaders headers) {
        this.headers = headers;
    }

    /**
     * The user.
     *
     * @return empty when no header names one
     */
    Optional<User> read(Credentials presented) throws MalformedAssertion {
        String name = single(presented, headers.usernames());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String uid = single(presented, headers.uids());
        return Optional.of(new User(name, uid, groups(presented), extra(presented)));
    }

    /**
     * The value of the first header that has one. Kubernetes takes the first line of several; a proxy that sets this header sends
     * one, so that a second which says something else comes from somebody else.
     */
    private static String single(Credentials presented, List<String> names) throws MalformedAssertion {
        for (String name : names) {
            var values = presented.header(name);
            if (values.isEmpty()) {
                continue;
            }
            String first = values.getFirst();
            for (int i = 1; i < values.size(); i++) {
                if (!values.get(i).equals(first)) {
                    throw new MalformedAssertion("header " + name + " has two values that differ");
                }
            }
            if (!first.isEmpty()) {
                return HeaderText.whole(name, first);
            }
        }
        return "";
    }

    private List<String> groups(Credentials presented) throws MalformedAssertion {
        var groups = new ArrayList<String>();
        for (String name : headers.groups()) {
            for (String value : presented.header(name)) {
                if (!value.isEmpty()) {
                    groups.add(HeaderText.whole(name, value));
                }
            }
        }
        return groups;
    }

    private Map<String, List<String>> extra(Credentials presented) throws MalformedAssertion {
        if (headers.extraPrefixes().isEmpty()) {
            return Map.of();
        }
        var extra = new LinkedHashMap<String, List<String>>();
        var present = presented.headerNames();
        for (String prefix : headers.extraPrefixes()) {
            for (String name : present) {
                if (!name.startsWith(prefix)) {
                    continue;
                }
                var values = extra.computeIfAbsent(
                        HeaderText.unescaped(name.substring(prefix.length())), _ -> new ArrayList<>(1));
                for (String value : presented.header(name)) {
                    values.add(HeaderText.of(name, value));
                }
            }
        }
        return extra;
    }
}

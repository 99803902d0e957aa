package dev.muster.apiserver.impersonate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As whom a request wants to be served, exactly as its headers say it; nothing of it has been checked.
 *
 * @param name never empty
 * @param uid empty when none is wanted
 * @param groups in order, duplicates kept
 * @param extra by key, in order of the keys; values in order
 */
public record Wish(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public Wish {
        groups = List.copyOf(groups);
        var copy = new LinkedHashMap<String, List<String>>();
        new TreeMap<>(extra).forEach((key, values) -> copy.put(key, List.copyOf(values)));
        extra = Collections.unmodifiableMap(copy);
    }

    /** How many permissions it takes at most. */
    public int parts() {
        int values = 0;
        for (List<String> one : extra.values()) {
            values += one.size();
        }
        return 1 + (uid.isEmpty() ? 0 : 1) + groups.size() + values;
    }

    boolean namesUserOnly() {
        return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }
}

package dev.muster.core.issuing;

import java.util.List;

/**
 * One service account, for as long as it lives.
 *
 * @param uid tells it from an earlier or later one of the same name
 */
public record AccountId(String namespace, String name, String uid) {

    /** What all user names of service accounts begin with. */
    public static final String PREFIX = "system:serviceaccount:";

    /** The group of all service accounts; that of a namespace has {@code :NAMESPACE} after it. */
    public static final String GROUP = "system:serviceaccounts";

    /** {@code system:serviceaccount:NAMESPACE:NAME}. */
    public String userName() {
        return PREFIX + namespace + ":" + name;
    }

    public List<String> groups() {
        return List.of(GROUP, GROUP + ":" + namespace);
    }
}

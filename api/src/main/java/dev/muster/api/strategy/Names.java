package dev.muster.api.strategy;

import java.util.List;

/** Kubernetes' rules for names, with its messages. */
public final class Names {

    private Names() {}

    /** RFC 1123 subdomain, at most 253 characters; a generated prefix may end in a dash. */
    public static List<String> dnsSubdomainProblems(String name, boolean prefix) {
        throw new UnsupportedOperationException("to be written");
    }
}

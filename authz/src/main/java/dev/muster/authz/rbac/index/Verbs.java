package dev.muster.authz.rbac.index;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A rule's verbs: the usual ones as bits, others by name. */
record Verbs(long bits, List<String> others) {

    private static final long ANY = -1L;

    /** Bit 63 is nobody's: all bits set means any verb. */
    private static final Map<String, Long> BITS = bits(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "proxy",
            "impersonate",
            "bind",
            "escalate",
            "approve",
            "sign",
            "use",
            "post",
            "put",
            "head",
            "options");

    private static Map<String, Long> bits(String... verbs) {
        return IntStream.range(0, verbs.length).boxed().collect(Collectors.toMap(i -> verbs[i], i -> 1L << i));
    }

    /** One bit per well-known verb; 0 for others. */
    static long bit(String verb) {
        return BITS.getOrDefault(verb, 0L);
    }

    static Verbs of(List<String> verbs) {
        if (verbs.contains("*")) {
            return new Verbs(ANY, List.of());
        }
        long bits = 0;
        for (String verb : verbs) {
            bits |= bit(verb);
        }
        return new Verbs(bits, verbs.stream().filter(verb -> bit(verb) == 0).toList());
    }

    boolean allow(Query query) {
        return bits == ANY
                || (bits & query.verbBit()) != 0
                || (query.verbBit() == 0 && !others.isEmpty() && others.contains(query.verb()));
    }
}

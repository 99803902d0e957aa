package dev.muster.authz.rbac.index;

import java.util.List;

/** A rule's verbs: the usual ones as bits, others by name. */
record Verbs(long bits, List<String> others) {

    private static final long ANY = -1L;

    /** One bit per well-known verb; 0 for others. Bit 63 is nobody's: all bits set means any verb. */
    static long bit(String verb) {
        return switch (verb) {
            case "get" -> 1;
            case "list" -> 1 << 1;
            case "watch" -> 1 << 2;
            case "create" -> 1 << 3;
            case "update" -> 1 << 4;
            case "patch" -> 1 << 5;
            case "delete" -> 1 << 6;
            case "deletecollection" -> 1 << 7;
            case "proxy" -> 1 << 8;
            case "impersonate" -> 1 << 9;
            case "bind" -> 1 << 10;
            case "escalate" -> 1 << 11;
            case "approve" -> 1 << 12;
            case "sign" -> 1 << 13;
            case "use" -> 1 << 14;
            case "post" -> 1 << 15;
            case "put" -> 1 << 16;
            case "head" -> 1 << 17;
            case "options" -> 1 << 18;
            default -> 0;
        };
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

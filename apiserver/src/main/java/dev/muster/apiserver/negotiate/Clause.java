package dev.muster.apiserver.negotiate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One clause of an Accept header (RFC 9110 section 12.5.1), read as leniently as Kubernetes reads it. */
record Clause(String type, String subtype, double quality, Map<String, String> parameters) {

    private static final int MOST = 32;
    private static final String ANY = "*";

    /** The clauses that can be read, best first; those after the first 32 are not looked at. */
    static List<Clause> parse(String header) {
        var all = new ArrayList<Clause>(4);
        int from = 0;
        while (from < header.length() && all.size() < MOST) {
            int comma = header.indexOf(',', from);
            int to = comma < 0 ? header.length() : comma;
            Clause clause = one(header.substring(from, to).strip());
            if (clause != null) {
                insert(all, clause);
            }
            from = to + 1;
        }
        return all;
    }

    /** Keeps the order of equals: the clauses before it move back only for one that is better. */
    private static void insert(List<Clause> all, Clause clause) {
        int at = all.size();
        while (at > 0 && clause.isBetterThan(all.get(at - 1))) {
            at--;
        }
        all.add(at, clause);
    }

    /** By quality, or by being more specific, in whichever of the two it is ahead: not an order, and what clients rely on. */
    private boolean isBetterThan(Clause other) {
        return quality > other.quality
                || !type.equals(ANY) && other.type.equals(ANY)
                || !subtype.equals(ANY) && other.subtype.equals(ANY);
    }

    private static Clause one(String text) {
        String[] pieces = text.split(";", -1);
        String range = pieces[0].strip();
        int slash = range.indexOf('/');
        String type = (slash < 0 ? range : range.substring(0, slash)).strip();
        String subtype = slash < 0 ? "" : range.substring(slash + 1).strip();
        if (subtype.isEmpty() && type.equals(ANY)) {
            subtype = ANY;
        }
        if (subtype.isEmpty() || subtype.indexOf('/') >= 0) {
            return null;
        }
        double quality = 1;
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 1; i < pieces.length; i++) {
            int equals = pieces[i].indexOf('=');
            if (equals < 0 || equals != pieces[i].lastIndexOf('=') || equals == pieces[i].length() - 1) {
                continue;
            }
            String name = pieces[i].substring(0, equals).strip();
            String value = pieces[i].substring(equals + 1).strip();
            if (name.equals("q")) {
                quality = quality(value);
            } else {
                parameters.put(name, value);
            }
        }
        return new Clause(type, subtype, quality, parameters);
    }

    /** What is no number weighs nothing. */
    private static double quality(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isNaN(value) ? 0 : value;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean fits(MediaType offered) {
        return type.equals(ANY) && subtype.equals(ANY)
                || type.equals("application") && (subtype.equals(ANY) || subtype.equals(offered.subtype()));
    }
}

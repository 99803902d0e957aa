package dev.muster.server.flags;

import java.util.Collection;

/** Guesses which known name was meant. */
final class Nearest {

    private Nearest() {}

    /** {@code  (did you mean --x?)} for a name at most three edits away; otherwise nothing. */
    static String hint(String name, Collection<String> known) {
        String best = null;
        int least = Math.min(4, name.length());
        for (String candidate : known) {
            int distance = distance(name, candidate, least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? "" : " (did you mean --" + best + "?)";
    }

    private static int distance(String a, String b, int enough) {
        if (a.length() > 100 || Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

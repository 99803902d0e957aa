package dev.muster.bench.store;

import java.util.Arrays;
import java.util.Locale;

/** Prints rows of a Markdown table, and picks medians. */
final class Table {

    private Table() {}

    static void row(Object... cells) {
        var line = new StringBuilder("|");
        for (Object cell : cells) {
            String text = cell instanceof Double number ? String.format(Locale.ROOT, "%,.1f", number) : cell.toString();
            line.append(' ').append(text).append(" |");
        }
        System.out.println(line);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A part of the values, sorted: 0.5 = median. */
    static double quantile(long[] sorted, int count, double part) {
        return sorted[Math.min(count - 1, (int) (count * part))];
    }
}

package dev.muster.server.client;

import java.util.ArrayList;
import java.util.List;

/** Rows with their columns aligned. */
public final class Columns {

    private static final String BETWEEN = "   ";

    private Columns() {}

    public static List<String> of(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : BETWEEN);
                line.append(row.get(i)).repeat(" ", widths.get(i) - row.get(i).length());
            }
            lines.add(Plain.text(line.toString().stripTrailing()));
        }
        return lines;
    }
}

package dev.muster.apigen;

import java.util.List;
import java.util.TreeSet;

/** The messages that the table of resources names; all others are described only if these lead to them. */
final class Roots {

    private Roots() {}

    static List<String> in(String resources) {
        var roots = new TreeSet<String>();
        resources.lines().forEach(line -> {
            var words = line.split(" ", -1);
            if (words[0].equals("kind") || words[0].equals("body")) {
                roots.add(words[3]);
            }
            if (words[0].equals("kind") && List.of(words).contains("stored")) {
                roots.add(words[3] + "List");
            }
        });
        return List.copyOf(roots);
    }
}

package dev.muster.server.flags;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags a command knows, and how it reads them. */
public final class FlagSet {

    private final Map<String, Flag> byName = new LinkedHashMap<>();

    public FlagSet(Collection<Flag> flags) {
        for (Flag flag : flags) {
            if (byName.put(flag.name(), flag) != null) {
                throw new IllegalArgumentException("flag defined twice: " + flag.name());
            }
        }
    }

    public Collection<Flag> flags() {
        return byName.values();
    }

    /** Reads the arguments; whatever is wrong is collected, and reading goes on. */
    public Flags parse(List<String> arguments) {
        var given = new LinkedHashMap<String, List<String>>();
        var words = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                words.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (!argument.startsWith("-") || argument.equals("-")) {
                words.add(argument);
                continue;
            }
            i += read(argument, i + 1 < arguments.size() ? arguments.get(i + 1) : null, given, problems);
        }
        return new Flags(byName, given, words, problems);
    }

    /** Reads one flag; returns 1 if it took the next word as its value. */
    private int read(String argument, String next, Map<String, List<String>> given, List<Problem> problems) {
        if (!argument.startsWith("--")) {
            problems.add(new Problem(argument, "unknown shorthand flag: write flags with two dashes"));
            return 0;
        }
        int equals = argument.indexOf('=');
        String name = (equals < 0 ? argument.substring(2) : argument.substring(2, equals)).replace('_', '-');
        Flag flag = byName.get(name);
        if (flag == null) {
            problems.add(new Problem("--" + name, "unknown flag" + Nearest.hint(name, byName.keySet())));
            // What follows is taken for its value unless it looks like a flag, so that one error does not make two.
            return equals < 0 && next != null && !next.startsWith("-") ? 1 : 0;
        }
        String value;
        int taken = 0;
        if (equals >= 0) {
            value = argument.substring(equals + 1);
        } else if (flag.kind() == Flag.Kind.BOOLEAN) {
            value = "true";
        } else if (next != null) {
            value = next;
            taken = 1;
        } else {
            problems.add(new Problem("--" + name, "flag needs an argument"));
            return 0;
        }
        given.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
        return taken;
    }
}

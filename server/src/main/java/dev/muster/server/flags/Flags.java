package dev.muster.server.flags;

import dev.muster.api.meta.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags of one call. A getter of a malformed value notes the problem and answers the default. */
public final class Flags {

    private final Map<String, Flag> known;
    private final Map<String, List<String>> given;
    private final List<String> words;
    private final List<Problem> problems;

    Flags(Map<String, Flag> known, Map<String, List<String>> given, List<String> words, List<Problem> problems) {
        this.known = known;
        this.given = given;
        this.words = List.copyOf(words);
        this.problems = problems;
    }

    /** What is no flag, in order. */
    public List<String> words() {
        return words;
    }

    /** What has been found wrong so far; validation adds to it. */
    public List<Problem> problems() {
        return problems;
    }

    public void problem(String flag, String message) {
        problems.add(new Problem("--" + flag, message));
    }

    public boolean isGiven(String name) {
        flag(name);
        return given.containsKey(name);
    }

    /** The last value given, or the default. */
    public String text(String name) {
        var values = given.get(name);
        return values == null ? flag(name).byDefault() : values.getLast();
    }

    /** The last value given; empty when there is none or it is empty. */
    public Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(t -> !t.isEmpty());
    }

    public boolean bool(String name) {
        String text = text(name);
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> {
                problem(name, "invalid boolean value " + Quote.go(text));
                yield Boolean.parseBoolean(flag(name).byDefault());
            }
        };
    }

    public int number(String name, int least, int most) {
        String text = text(name);
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
            problem(name, "Invalid value: " + value + ": must be between " + least + " and " + most + ", inclusive");
        } catch (NumberFormatException e) {
            problem(name, "invalid argument " + Quote.go(text) + ": not a whole number");
        }
        return Integer.parseInt(flag(name).byDefault());
    }

    public Duration duration(String name) {
        String text = text(name);
        try {
            var duration = GoDuration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what to write instead.
        }
        problem(name, "invalid duration " + Quote.go(text) + ": write it as 30s, 10m or 1h30m");
        return GoDuration.parse(flag(name).byDefault());
    }

    /** All values of all occurrences, split at commas. */
    public List<String> list(String name) {
        var values = given.getOrDefault(name, List.of(flag(name).byDefault()));
        return values.stream()
                .flatMap(v -> Arrays.stream(v.split(",", -1)))
                .filter(v -> !v.isEmpty())
                .toList();
    }

    /** All occurrences, unsplit. */
    public List<String> repeated(String name) {
        flag(name);
        return given.getOrDefault(name, List.of());
    }

    /** Pairs of all occurrences, later ones winning. */
    public Map<String, String> map(String name) {
        var pairs = new LinkedHashMap<String, String>();
        for (String item : list(name)) {
            int equals = item.indexOf('=');
            // kube-apiserver reads a bare key as key=true.
            pairs.put(equals < 0 ? item : item.substring(0, equals), equals < 0 ? "true" : item.substring(equals + 1));
        }
        return pairs;
    }

    /** The arguments that would say the same again, for a record of how a process was started. */
    public List<String> asArguments() {
        var all = new ArrayList<String>();
        given.forEach((name, values) -> values.forEach(v -> all.add("--" + name + "=" + v)));
        return all;
    }

    private Flag flag(String name) {
        Flag flag = known.get(name);
        if (flag == null) {
            throw new IllegalArgumentException("no such flag: " + name);
        }
        return flag;
    }
}

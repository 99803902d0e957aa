package dev.muster.store.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what strace saw of a {@link WritingChild}. For each acknowledged id: its bytes were written to the log, then a sync
 * of the log began and returned 0, and only then was it acknowledged.
 */
final class SyncTrace {

    private static final Pattern CALL =
            Pattern.compile("^(\\d+)\\s+(?:<\\.\\.\\. )?(\\w+)(\\(| resumed>)(.*)$", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("<(t-\\d+)>");

    /** A sync, by the numbers of the lines where it began and returned. */
    private record Sync(int began, int returned) {}

    private final Map<String, Integer> logged = new HashMap<>();
    private final List<Sync> syncs = new ArrayList<>();
    private final Map<String, Integer> acknowledged = new LinkedHashMap<>();
    private final Map<String, String> unfinished = new HashMap<>();
    private final Map<String, Integer> began = new HashMap<>();
    private String log = "none";

    static SyncTrace of(List<String> lines) {
        var trace = new SyncTrace();
        for (int i = 0; i < lines.size(); i++) {
            Matcher call = CALL.matcher(lines.get(i));
            if (call.matches()) {
                trace.read(i, call.group(1), call.group(2), call.group(3).equals("("), call.group(4));
            }
        }
        return trace;
    }

    private void read(int line, String thread, String name, boolean begins, String rest) {
        if (begins) {
            began.put(thread, line);
            // An acknowledgement counts from the moment its call begins.
            if (name.equals("write") && rest.startsWith("1, \"ACK ")) {
                Matcher id = ID.matcher(rest);
                if (id.find()) {
                    acknowledged.put(id.group(1), line);
                }
            }
            if (rest.endsWith("<unfinished ...>")) {
                unfinished.put(thread, rest);
                return;
            }
        }
        String whole = begins ? rest : unfinished.getOrDefault(thread, "") + rest;
        returned(line, thread, name, whole);
    }

    private void returned(int line, String thread, String name, String whole) {
        switch (name) {
            case "openat" -> {
                if (whole.contains("muster.db-wal\"")) {
                    log = whole.substring(whole.lastIndexOf("= ") + 2).strip();
                }
            }
            case "pwrite64" -> {
                if (whole.startsWith(log + ",")) {
                    ID.matcher(whole).results().forEach(id -> logged.putIfAbsent(id.group(1), line));
                }
            }
            case "fsync", "fdatasync" -> {
                if (whole.matches("^" + log + "\\b.*= 0$")) {
                    syncs.add(new Sync(began.getOrDefault(thread, line), line));
                }
            }
            default -> {
                // Other calls say nothing of durability.
            }
        }
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged.keySet());
    }

    /** The ids that were acknowledged though no sync of the log had begun after their bytes and returned before. */
    List<String> tooEarly() {
        return acknowledged.entrySet().stream()
                .filter(ack -> {
                    int written = logged.getOrDefault(ack.getKey(), Integer.MAX_VALUE);
                    return syncs.stream().noneMatch(sync -> sync.began > written && sync.returned < ack.getValue());
                })
                .map(Map.Entry::getKey)
                .toList();
    }
}

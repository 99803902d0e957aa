package dev.muster.api.codec;

import java.util.LinkedHashSet;
import java.util.List;

/** Collects what strict decoding objects to: each once, and not without end. */
final class Problems {

    private final LinkedHashSet<String> all = new LinkedHashSet<>();

    void unknown(Path path, String field) {
        add("unknown field ", path, field);
    }

    void duplicate(Path path, String field) {
        add("duplicate field ", path, field);
    }

    void add(String problem) {
        if (all.size() < Limits.PROBLEMS) {
            all.add(problem);
        }
    }

    private void add(String what, Path path, String field) {
        if (all.size() < Limits.PROBLEMS) {
            all.add(what + GoText.quote(path.with(field)));
        }
    }

    List<String> list() {
        return List.copyOf(all);
    }
}

package dev.muster.server.wiring;

import dev.muster.server.flags.Problem;
import java.util.List;

/** A file that a flag names cannot be used; the process does not start. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(String path, String message) {
        this(List.of(new Problem(path, message)));
    }

    public ConfigurationException(List<Problem> problems) {
        super(String.join("; ", problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}

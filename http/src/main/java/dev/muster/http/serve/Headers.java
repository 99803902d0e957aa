package dev.muster.http.serve;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Request headers: names without regard to case, values in the order received, never split or merged. */
public interface Headers {

    List<String> all(String name);

    default Optional<String> first(String name) {
        var all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** In lower case. */
    Set<String> names();

    /** Removes a header, so that nobody behind this point sees it. */
    void remove(String name);
}

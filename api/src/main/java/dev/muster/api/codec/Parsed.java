package dev.muster.api.codec;

import java.util.List;

/**
 * What was read, and what strict decoding has against it.
 *
 * @param problems Kubernetes' words, such as {@code duplicate field "metadata.name"} or {@code unknown field "spec.x"};
 *     fieldValidation decides whether they refuse, warn or are ignored
 */
public record Parsed<T>(T value, List<String> problems) {
    public Parsed {
        problems = List.copyOf(problems);
    }
}
